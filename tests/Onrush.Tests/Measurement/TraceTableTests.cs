using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class TraceTableTests
{
    [Fact]
    public void The_slowest_are_kept_and_leave_as_values_of_a_metric()
    {
        var recorder = new LoopRecorder(0, 0, new ManualTime());
        var series = recorder.Series(recorder.Scenario("s"), "GET", "/쿠폰");
        foreach (var ms in (int[])[5, 90, 1, 70, 30, 80, 2])
            Finish(recorder, series, ms, trace: (ulong)ms);
        // Slower ones without a trace, or that were cancelled, are of no use to anyone.
        Finish(recorder, series, 500, trace: 0);
        Finish(recorder, series, 600, trace: 600, Outcome.Cancelled);
        var half = recorder.Swap(1_000_000_000, 0, -1)!;
        var traces = IntervalTotals.From(half).Metrics.Where(metric => metric.Key.Name == TraceTable.Metric).ToArray();

        traces.Select(trace => trace.Value.Max).Order().ShouldBe([70, 80, 90]);
        var slowest = traces.Single(trace => trace.Value.Max == 90);
        slowest.Key.Tags[TraceTable.IdTag].ShouldBe("0000000000000001000000000000005a");
        (slowest.Key.Scenario, slowest.Key.Tags["method"], slowest.Key.Tags["name"], slowest.Key.Tags["status"]).ShouldBe(("s", "GET", "/쿠폰", "200"));
        traces.ShouldAllBe(trace => trace.Value.Holds);

        recorder.Return(half);
        Finish(recorder, series, 3, trace: 3);
        IntervalTotals.From(recorder.Swap(2_000_000_000, 0, -1)!).Metrics.Values.ShouldHaveSingleItem().Max.ShouldBe(3);
    }

    private static void Finish(LoopRecorder recorder, int series, int ms, ulong trace, Outcome outcome = Outcome.Success)
    {
        recorder.Started(series);
        recorder.Finished(new RequestSample
        {
            Series = series, Outcome = outcome, Status = 200, ResponseNs = ms * 1_000_000L, FromDueNs = -1, TraceHigh = trace == 0 ? 0 : 1UL, TraceLow = trace,
        });
    }
}
