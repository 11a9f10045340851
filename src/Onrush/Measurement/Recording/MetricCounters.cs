namespace Onrush.Measurement;

/// <summary>One series of a reported metric in one interval half. Hot: owned by the thread that holds the half.</summary>
internal sealed class MetricCounters
{
    private readonly double _perUnit;
    private readonly Histogram? _values;
    private double _sum;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;
    private double _last;
    private long _lastUnixMs;

    public MetricCounters(MetricKey key, ChunkPool pool)
    {
        Key = key;
        _perUnit = TrendScale.PerUnit(key.Unit);
        _values = key.Kind == MetricKind.Trend ? new Histogram(pool) : null;
    }

    /// <summary>What is counted.</summary>
    public MetricKey Key { get; }

    /// <summary>Number of values.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a value that was reported at a time in milliseconds of Unix time.</summary>
    public void Add(double value, long unixMs)
    {
        Count++;
        _sum += value;
        if (value < _min)
            _min = value;
        if (value > _max)
            _max = value;
        _last = value;
        _lastUnixMs = unixMs;
        _values?.Add(TrendScale.Scaled(value, _perUnit));
    }

    /// <summary>What was counted.</summary>
    public MetricInterval ToInterval() =>
        new(Count, _sum, _min, _max, _last, _lastUnixMs, _values is null ? HistogramData.Empty : HistogramData.From(_values));

    /// <summary>Sets everything to zero and keeps the memory.</summary>
    public void Clear()
    {
        Count = 0;
        _sum = 0;
        _min = double.PositiveInfinity;
        _max = double.NegativeInfinity;
        _values?.Clear();
    }
}
