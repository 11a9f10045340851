using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

/// <summary>Plays a worker of two loops with a seeded random load and hands out its reports.</summary>
internal sealed class RandomWorker(string name, int seed)
{
    private readonly Random _random = new(seed);
    private readonly ManualTime _time = new();
    private readonly IntervalReportBuilder _builder = new(name, 1);
    private readonly Dictionary<string, int> _users = [];
    private LoopRecorder[]? _loops;
    private long _nowNs;

    public IntervalReport Next()
    {
        _loops ??= [new LoopRecorder(0, 0, _time), new LoopRecorder(1, 0, _time)];
        foreach (var loop in _loops)
            Record(loop);
        _nowNs += 1_000_000_000 + _random.Next(5_000_000);
        _time.UnixMs = 1_700_000_000_000 + _nowNs / 1_000_000;
        _users["A"] = _random.Next(10);
        _users["B"] = _random.Next(10);
        var halves = _loops.Select(l => l.Swap(_nowNs, _random.Next(5), _nowNs - _random.Next(1000))!).ToList();
        var report = _builder.Build(halves, _users, _random.Next(2) == 0);
        for (int i = 0; i < _loops.Length; i++)
            _loops[i].Return(halves[i]);
        return report;
    }

    private void Record(LoopRecorder loop)
    {
        int scenario = loop.Scenario($"scenario {_random.Next(2)}");
        int count = _random.Next(60);
        for (int i = 0; i < count; i++)
        {
            var sample = new RequestSample
            {
                Series = loop.Series(scenario, "GET", $"/{_random.Next(4)}"),
                Outcome = (Outcome)_random.Next(OutcomeTable.Size),
                Status = (short)(200 + _random.Next(4) * 100),
                ResponseNs = _random.NextInt64(1, 1_000_000_000),
                WaitNs = _random.NextInt64(0, 1_000_000),
                FromDueNs = _random.Next(2) == 0 ? -1 : _random.NextInt64(1, 1_000_000_000),
                GeneratorNs = _random.Next(1000),
                BytesSent = _random.Next(100),
                BytesReceived = _random.Next(1000),
            };
            loop.Started(sample.Series);
            loop.Finished(sample);
            if (OutcomeTable.IsFailure(sample.Outcome))
                loop.Failure(sample.Series, sample.Outcome, $"error {_random.Next(3)}");
            loop.Iteration(scenario, sample.ResponseNs, _random.Next(-1, 100), _random.Next(10) == 0);
            loop.Turn(_random.Next(100_000));
            loop.Canary(_random.Next(100_000));
        }
        loop.UserStarted(_random.Next(2) == 0);
        loop.UserError("U", $"T{_random.Next(2)}", new InvalidOperationException("x"));
    }
}
