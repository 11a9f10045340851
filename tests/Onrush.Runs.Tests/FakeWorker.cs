using Onrush.Measurement;

namespace Onrush.Runs.Tests;

/// <summary>Plays a worker with one engine loop: real recorder, real reports, a clock that moves when told.</summary>
internal sealed class FakeWorker
{
    public const long StartUnixMs = 1_700_000_000_000;
    public const long Second = 1_000_000_000;
    public const long Millisecond = 1_000_000;

    private readonly LoopRecorder _recorder;
    private readonly IntervalReportBuilder _builder;
    private readonly Clock _clock;
    private long _nowNs;
    private int _open;

    public FakeWorker(string name = "w1", int incarnation = 1, long startMs = 0)
    {
        _clock = new Clock { UnixMs = StartUnixMs + startMs };
        _recorder = new LoopRecorder(0, 0, _clock, new RecorderLimits { Names = 100_000 });
        _builder = new IntervalReportBuilder(name, incarnation);
    }

    public LoopRecorder Recorder => _recorder;

    public int Users { get; set; } = 10;

    public bool Spawning { get; set; }

    /// <summary>Age of the oldest request in flight at the next report, in milliseconds.</summary>
    public long OldestMs { get; set; }

    /// <summary>What the engine adds to its own count of requests in flight: anything but 0 is a broken engine.</summary>
    public int Miscounted { get; set; }

    public int Begin(string name = "/hello", string method = "GET", string scenario = "s")
    {
        int series = _recorder.Series(_recorder.Scenario(scenario), method, name);
        _recorder.Started(series);
        _open++;
        return series;
    }

    public void End(int series, double ms = 1, Outcome outcome = Outcome.Success, string? error = null, RequestSample more = default)
    {
        more.Series = series;
        more.Outcome = outcome;
        more.ResponseNs = (long)(ms * Millisecond);
        if (more.FromDueNs == 0)
            more.FromDueNs = -1;
        _recorder.Finished(more);
        if (error is not null)
            _recorder.Failure(series, outcome, error);
        _open--;
    }

    public FakeWorker Requests(int count, double ms = 1, string name = "/hello", Outcome outcome = Outcome.Success, string? error = null)
    {
        for (int i = 0; i < count; i++)
            End(Begin(name), ms, outcome, error);
        return this;
    }

    /// <summary>One turn of the loop that works for the given share of a second.</summary>
    public FakeWorker Busy(double share, int turns = 100)
    {
        for (int i = 0; i < turns; i++)
            _recorder.Turn((long)(share * Second / turns));
        return this;
    }

    public IntervalReport Report(double seconds = 1)
    {
        _nowNs += (long)(seconds * Second);
        _clock.UnixMs += (long)(seconds * 1000);
        var half = _recorder.Swap(_nowNs, _open + Miscounted, _open > 0 ? _nowNs - OldestMs * Millisecond : -1)!;
        var report = _builder.Build([half], new Dictionary<string, int> { ["HelloUser"] = Users }, Spawning);
        _recorder.Return(half);
        return report;
    }

    /// <summary>Folds so many reports of two requests and an iteration each.</summary>
    public void Play(RunState state, int seconds)
    {
        int scenario = _recorder.Scenario("s");
        for (int i = 0; i < seconds; i++)
        {
            Requests(2, ms: 1 + i % 100);
            _recorder.Iteration(scenario, Millisecond, -1, false);
            state.Apply(Report());
        }
    }

    private sealed class Clock : TimeProvider
    {
        public long UnixMs { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMs);
    }
}
