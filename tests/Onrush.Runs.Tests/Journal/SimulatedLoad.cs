using Onrush.Measurement;

namespace Onrush.Runs.Tests.Journal;

/// <summary>
/// Seconds of a load that looks real: endpoints with response times of their own (log-normal, medians from 5 to 200 ms), phases, a few failures, two loops.
/// A number of different seconds is made once; they come again and again with new numbers and times.
/// </summary>
internal sealed class SimulatedLoad
{
    private const int Loops = 2;
    private const double Ns = 1e6;

    private readonly List<IntervalReport> _seconds = [];
    private readonly Random _random = new(1);
    private long _next;

    /// <param name="endpoints">Number of series.</param>
    /// <param name="requests">Requests per second, all together.</param>
    /// <param name="different">Number of different seconds.</param>
    public SimulatedLoad(int endpoints, int requests, int different)
    {
        var clock = new Clock();
        var recorders = Enumerable.Range(0, Loops).Select(i => new LoopRecorder(i, 0, clock)).ToArray();
        var builder = new IntervalReportBuilder("local", 1);
        for (long second = 1; second <= different; second++)
        {
            for (var i = 0; i < requests; i++)
                Request(recorders[i % Loops], _random.Next(endpoints));
            clock.UnixMs = FakeWorker.StartUnixMs + second * 1000;
            foreach (var recorder in recorders)
                Health(recorder, requests / Loops);
            var halves = recorders.Select(r => r.Swap(second * FakeWorker.Second, 20, second * FakeWorker.Second - _random.Next(100_000_000))!).ToList();
            _seconds.Add(builder.Build(halves, new Dictionary<string, int> { ["ShopUser"] = 1000 }, false));
            foreach (var (recorder, half) in recorders.Zip(halves))
                recorder.Return(half);
        }
    }

    /// <summary>The next second.</summary>
    public IntervalReport Next()
    {
        var report = _seconds[(int)(_next % _seconds.Count)];
        _next++;
        return report with
        {
            FirstSequence = _next,
            LastSequence = _next,
            StartUnixMs = FakeWorker.StartUnixMs + (_next - 1) * 1000,
        };
    }

    private void Request(LoopRecorder recorder, int endpoint)
    {
        var scenario = recorder.Scenario("default");
        var series = recorder.Series(scenario, endpoint % 3 == 0 ? "POST" : "GET", $"/api/v1/resource-{endpoint}/[id]");
        var failed = _random.Next(500) == 0;
        long send = (long)LogNormal(0.012 * Ns, 0.3), receive = (long)LogNormal(0.02 * Ns, 0.5), wait = (long)LogNormal((5 + endpoint % 40 * 5) * Ns, 0.5);
        var sample = new RequestSample
        {
            Series = series,
            Outcome = failed ? Outcome.Status : Outcome.Success,
            Status = (short)(failed ? 503 : 200),
            SendNs = send,
            WaitNs = wait,
            ReceiveNs = receive,
            ResponseNs = send + wait + receive + _random.Next(200, 1000),
            GeneratorNs = (long)LogNormal(0.02 * Ns, 0.6),
            FromDueNs = -1,
            BytesSent = 180,
            BytesReceived = 900 + _random.Next(200),
            ContentLength = 700 + _random.Next(200),
        };
        recorder.Started(series);
        recorder.Finished(sample);
        if (failed)
            recorder.Failure(series, Outcome.Status, "503 Service Unavailable");
        recorder.Iteration(scenario, sample.ResponseNs, -1, false);
    }

    private void Health(LoopRecorder recorder, int turns)
    {
        for (var i = 0; i < turns; i++)
            recorder.Turn((long)LogNormal(0.03 * Ns, 0.5));
        for (var i = 0; i < 100; i++)
            recorder.Canary((long)LogNormal(0.06 * Ns, 0.5));
    }

    private double LogNormal(double median, double sigma)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return median * Math.Exp(sigma * normal);
    }

    private sealed class Clock : TimeProvider
    {
        public long UnixMs { get; set; } = FakeWorker.StartUnixMs;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMs);
    }
}
