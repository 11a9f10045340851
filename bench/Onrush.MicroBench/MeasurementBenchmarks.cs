using BenchmarkDotNet.Attributes;
using Onrush.Measurement;

namespace Onrush.MicroBench;

/// <summary>Counting, on a loop.</summary>
public class MeasurementBenchmarks
{
    private readonly Histogram _histogram = new(new ChunkPool());
    private readonly LoopRecorder _recorder = new(0, 0, TimeProvider.System);
    private readonly int _scenario;
    private int _next;

    public MeasurementBenchmarks() => _scenario = _recorder.Scenario("s");

    /// <summary>One value into a histogram.</summary>
    [Benchmark]
    public void HistogramAdd() => _histogram.Add(100_000 + (_next++ & 0xfffff));

    /// <summary>The series of a request, found by scenario, method and name.</summary>
    [Benchmark]
    public int SeriesLookUp() => _recorder.Series(_scenario, "GET", "/");

    /// <summary>A request from begin to end.</summary>
    [Benchmark]
    public void RecordRequest()
    {
        var series = _recorder.Series(_scenario, "GET", "/");
        _recorder.Started(series);
        _recorder.Finished(new RequestSample { Series = series, ResponseNs = 100_000 + (_next++ & 0xffff), SendNs = 10_000, WaitNs = 90_000, Status = 200, FromDueNs = -1 });
    }

    /// <summary>One reading of the clock; a request has four.</summary>
    [Benchmark]
    public long ReadClock() => Engine.MonotonicClock.Now;
}
