using Onrush.Measurement;
using Onrush.Runs.Journal;
using Onrush.Runs.Results;

namespace Onrush.Runs.Tests.Results;

/// <summary>Three seconds of a made-up run with everything that result files have to cope with.</summary>
internal static class SampleRun
{
    public static readonly AboutDocument About = new() { Producer = "onrush 1.2.3", LoadTest = "coupon", Host = "http://127.0.0.1:8080" };

    /// <summary>The reports, one per second.</summary>
    public static IReadOnlyList<IntervalReport> Reports()
    {
        var worker = new FakeWorker { Users = 10 };
        var reports = new List<IntervalReport>();
        for (int second = 0; second < 3; second++)
        {
            for (int i = 1; i <= 40; i++)
                worker.End(worker.Begin("/hello"), ms: i, more: new RequestSample { Status = 200, ContentLength = 12, BytesSent = 100, BytesReceived = 150 });
            worker.End(worker.Begin("/hello", "GET", "peak"), ms: 7.5, more: new RequestSample { Status = 200, ContentLength = 24 });
            worker.End(worker.Begin("call, \"coupon\"", "POST"), ms: 250, Outcome.Status, "409 \"Conflict\",\nno coupon left", new RequestSample { Status = 409, ContentLength = 3 });
            worker.Recorder.Iteration(worker.Recorder.Scenario("s"), 5 * FakeWorker.Millisecond, -1, failed: second == 2);
            if (second == 2)
                worker.Recorder.UserError("CouponUser", "Call", new InvalidOperationException("no <coupon>, \"left\""));
            worker.Recorder.UserStarted(true);
            reports.Add(worker.Report());
        }
        return reports;
    }

    /// <summary>The run after each second, and when it is over.</summary>
    public static IReadOnlyList<RunSnapshot> Snapshots()
    {
        var snapshots = new List<RunSnapshot>();
        var state = Fold.Begun();
        foreach (var report in Reports())
        {
            state.Apply(report);
            state.Apply(new TargetMetrics(FakeWorker.StartUnixMs + snapshots.Count * 1000, "process 7", new Dictionary<string, double> { ["process 7 CPU"] = 12.5 * snapshots.Count })
            {
                Units = new Dictionary<string, string> { ["process 7 CPU"] = "%" },
            });
            snapshots.Add(state.At(snapshots.Count + 1));
        }
        snapshots.Add(state.Stopped(3, "The run time is over.").At(3));
        return snapshots;
    }

    public static RunResult Result(bool passed = false, params RuleDocument[] rules) => new(
        Snapshots()[^1], About,
        new VerdictDocument { Passed = passed, ExitCode = passed ? 0 : 1, Text = passed ? "PASSED: all rules hold." : "FAILED: 3 of 126 requests failed (2.38 %).", Rules = rules });
}
