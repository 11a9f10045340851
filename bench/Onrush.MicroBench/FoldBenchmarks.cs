using BenchmarkDotNet.Attributes;
using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.MicroBench;

/// <summary>The cold side of one second: a worker's report is folded and looked at.</summary>
public class FoldBenchmarks
{
    private const long SecondNs = 1_000_000_000;

    private readonly LoopRecorder _recorder = new(0, 0, TimeProvider.System);
    private readonly IntervalReportBuilder _builder = new("w1", 1);
    private readonly RunState _state = new();
    private readonly Dictionary<string, int> _users = new() { ["HelloUser"] = 1000 };
    private long _nowNs;
    private IntervalReport _report = null!;

    /// <summary>Rows of the statistics.</summary>
    [Params(10, 500)]
    public int Series { get; set; }

    [GlobalSetup]
    public void Begin()
    {
        _state.Apply(new RunChange(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), RunPhase.Running, 1000, 1000));
        _report = NextReport();
        _state.Apply(_report);
    }

    /// <summary>What a loop measured becomes a report: once a second.</summary>
    [Benchmark]
    public object BuildReport() => NextReport();

    /// <summary>A report is folded.</summary>
    [Benchmark]
    public bool Fold() => _state.Apply(_report = _report with { FirstSequence = _report.LastSequence + 1, LastSequence = _report.LastSequence + 1 });

    /// <summary>The picture that console and page show.</summary>
    [Benchmark]
    public object Snapshot() => _state.Snapshot(_report.StartUnixMs + 1000);

    private IntervalReport NextReport()
    {
        var scenario = _recorder.Scenario("s");
        for (var i = 0; i < 1000; i++)
        {
            var series = _recorder.Series(scenario, "GET", Names[i % Series]);
            _recorder.Started(series);
            _recorder.Finished(new RequestSample { Series = series, ResponseNs = 1_000_000 + i * 10_000, WaitNs = 900_000, Status = 200, FromDueNs = -1 });
        }
        _nowNs += SecondNs;
        var half = _recorder.Swap(_nowNs, 0, -1)!;
        var report = _builder.Build([half], _users, spawning: false);
        _recorder.Return(half);
        return report;
    }

    private static readonly string[] Names = [.. Enumerable.Range(0, 500).Select(i => $"/endpoint/{i}")];
}
