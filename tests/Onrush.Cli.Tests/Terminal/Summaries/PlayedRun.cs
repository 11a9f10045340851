using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Scenarios;

namespace Onrush.Cli.Tests.Terminal.Summaries;

/// <summary>A run with fixed answers, folded from what a real recorder counted.</summary>
internal sealed class PlayedRun
{
    private const long StartUnixMs = 1_700_000_000_000;

    private readonly Clock _clock = new();
    private readonly LoopRecorder _recorder;
    private readonly IntervalReportBuilder _reports = new("local", 1);
    private readonly List<MetricDefinition> _own = [];
    private readonly Dictionary<MetricKey, MetricInterval> _reported = [];
    private long _nowNs;

    public PlayedRun(int users)
    {
        _recorder = new LoopRecorder(0, 0, _clock);
        State.Apply(new RunChange(StartUnixMs, RunPhase.Running, users, users));
    }

    public RunState State { get; } = new();

    public MetricView Metrics => new(State, _own);

    /// <summary>Requests of which each takes so many nanoseconds, all of them waiting.</summary>
    public PlayedRun Requests(int count, long ns, string method, string name, short status = 200, string scenario = "default", int sent = 150, int received = 122)
    {
        int series = _recorder.Series(_recorder.Scenario(scenario), method, name);
        Outcome outcome = status is >= 200 and < 400 ? Outcome.Success : status == 0 ? Outcome.ReadTimeout : Outcome.Status;
        for (int i = 0; i < count; i++)
        {
            _recorder.Started(series);
            _recorder.Finished(new RequestSample
            {
                Series = series, Outcome = outcome, Status = status, ResponseNs = ns, WaitNs = ns, FromDueNs = -1, BytesSent = sent, BytesReceived = received,
            });
            if (outcome != Outcome.Success)
                _recorder.Failure(series, outcome, status == 0 ? "no response within 60 s" : $"{status}");
        }

        return this;
    }

    public PlayedRun Iterations(int count, long ns, string scenario = "default")
    {
        for (int i = 0; i < count; i++)
            _recorder.Iteration(_recorder.Scenario(scenario), ns, -1, failed: false);
        return this;
    }

    /// <summary>Ends a second.</summary>
    public PlayedRun Second(int users, double length = 1)
    {
        _nowNs += (long)(length * 1e9);
        _clock.UnixMs += (long)(length * 1000);
        LoopInterval half = _recorder.Swap(_nowNs, 0, -1)!;
        State.Apply(_reports.Build([half], new Dictionary<string, int> { ["CouponUser"] = users }, spawning: false));
        _recorder.Return(half);
        return this;
    }

    public PlayedRun Check(string name, long passes, long fails, string group = "", string scenario = "default") =>
        Report("checks", MetricKind.Rate, MetricUnit.None, group, scenario, passes + fails, passes, fails > 0 ? 0 : 1, passes > 0 ? 1 : 0, (MetricTags.Check, name));

    public PlayedRun Group(string path, long times, double ms, string scenario = "default") =>
        Report("group_duration", MetricKind.Trend, MetricUnit.Milliseconds, path, scenario, times, times * ms, ms, ms);

    public PlayedRun Own(string name, MetricKind kind, MetricUnit unit, long count, double sum, double min, double max, string group = "", string scenario = "default")
    {
        if (!_own.Exists(own => own.Name == name))
            _own.Add(ReportedMetrics.DefinitionOf(name, kind, unit));
        return Report(name, kind, unit, group, scenario, count, sum, min, max);
    }

    /// <summary>The end, with the thresholds judged.</summary>
    public RunSnapshot End(double seconds, params (string Metric, string Rule)[] thresholds)
    {
        foreach ((MetricKey key, MetricInterval interval) in _reported)
            State.Reported.Add(key, interval);
        long endUnixMs = StartUnixMs + (long)(seconds * 1000);
        State.Apply(new RunChange(endUnixMs, RunPhase.Stopped, 0, 1, "The run time is over."));
        RunJudge judge = new(
            new LoadTestConfiguration([], [.. thresholds.Select(t => new ThresholdText(t.Metric, t.Rule, false, TimeSpan.Zero))], null), [], Metrics, ["default", "browse", "peak"]);
        RunSnapshot run = State.Snapshot(endUnixMs);
        judge.End(new Quiet(), run);
        return run with { Rules = judge.Rules };
    }

    private PlayedRun Report(
        string name, MetricKind kind, MetricUnit unit, string group, string scenario, long count, double sum, double min, double max, params (string Name, string Value)[] tags)
    {
        TagSet all = TagSet.Of(tags.Select(tag => new KeyValuePair<string, string>(tag.Name, tag.Value)));
        if (group.Length > 0)
            all = all.With(MetricTags.Group, group);
        // A trend of one value needs no distribution beyond its ends.
        HistogramData values = HistogramData.Empty;
        if (kind == MetricKind.Trend)
        {
            Histogram histogram = new(new ChunkPool());
            for (long i = 0; i < count; i++)
                histogram.Add((long)((i == 0 ? min : max) * 1e6));
            values = HistogramData.From(histogram);
        }

        _reported.Add(new MetricKey(name, kind, unit, scenario, all), new MetricInterval(count, sum, min, max, max, StartUnixMs, values));
        return this;
    }

    private sealed class Quiet : LoadTest;

    private sealed class Clock : TimeProvider
    {
        public long UnixMs { get; set; } = StartUnixMs;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMs);
    }
}
