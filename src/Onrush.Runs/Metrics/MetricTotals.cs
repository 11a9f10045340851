using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>One series of a reported metric since the start of the run. Cold side; owned by one thread.</summary>
internal sealed class MetricTotals(MetricKey key)
{
    private readonly ExactSum _sum = new();
    private readonly HistogramTotal? _values = key.Kind == MetricKind.Trend ? new() : null;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;
    private double _last;
    private long _lastUnixMs = long.MinValue;

    /// <summary>Number of values.</summary>
    public long Count { get; private set; }

    /// <summary>Sum of the values; for a rate the number of those that are not zero.</summary>
    public double Sum => _sum.Value;

    /// <summary>Smallest value.</summary>
    public double Min => _min;

    /// <summary>Largest value.</summary>
    public double Max => _max;

    /// <summary>The distribution of a trend, scaled as <see cref="TrendScale"/> says; null for other kinds.</summary>
    public HistogramTotal? Values => _values;

    /// <summary>Adds what a report says.</summary>
    public void Add(MetricInterval interval)
    {
        Count += interval.Count;
        _sum.Add(interval.Sum);
        _min = Math.Min(_min, interval.Min);
        _max = Math.Max(_max, interval.Max);
        _values?.Add(interval.Values);
        if ((interval.LastUnixMs, interval.Last).CompareTo((_lastUnixMs, _last)) > 0)
            (_lastUnixMs, _last) = (interval.LastUnixMs, interval.Last);
    }

    /// <summary>Several series of one metric as one.</summary>
    public static MetricSink Read(IEnumerable<MetricTotals> series, MetricKind kind, double seconds)
    {
        var all = series.Where(s => s.Count > 0).ToList();
        var values = kind == MetricKind.Trend ? new HistogramTotal() : null;
        var sum = new ExactSum();
        foreach (var one in all)
        {
            sum.Add(one._sum);
            if (one._values is { } distribution)
                values?.Add(distribution);
        }

        if (all.Count == 0)
            return new MetricSink(kind, values) { Seconds = seconds };
        return new MetricSink(kind, values, all[0].PerUnit)
        {
            Count = all.Sum(s => s.Count),
            Sum = sum.Value,
            Seconds = seconds,
            Last = all.MaxBy(s => (s._lastUnixMs, s._last))!._last,
            Min = all.Min(s => s._min),
            Max = all.Max(s => s._max),
        };
    }

    private double PerUnit => TrendScale.PerUnit(key.Unit);
}
