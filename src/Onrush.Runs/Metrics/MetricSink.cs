using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>The values of a metric, or of the part of it that some tags choose, put together. Does not change once it was read.</summary>
internal sealed class MetricSink
{
    private readonly HistogramTotal? _values;
    private readonly double _perUnit;

    /// <param name="kind">How the values are put together.</param>
    /// <param name="values">The distribution of a trend; taken over. Null for other kinds.</param>
    /// <param name="perUnit">What the distribution counts in one unit of the metric.</param>
    public MetricSink(MetricKind kind, HistogramTotal? values = null, double perUnit = 1)
    {
        Kind = kind;
        _values = values;
        _perUnit = perUnit;
    }

    /// <summary>How the values are put together.</summary>
    public MetricKind Kind { get; }

    /// <summary>Number of values. For a rate their total; for a counter how often it was added to, unless it is derived: then its sum.</summary>
    public long Count { get; init; }

    /// <summary>Sum of the values in the metric's unit; for a rate the number of those that are not zero.</summary>
    public double Sum { get; init; }

    /// <summary>Length of the run so far in seconds: what the rate of a counter is over.</summary>
    public double Seconds { get; init; }

    /// <summary>The newest value.</summary>
    public double Last { get; init; }

    /// <summary>Smallest value, exact; 0 when there is none.</summary>
    public double Min { get; init; }

    /// <summary>Largest value, exact; 0 when there is none.</summary>
    public double Max { get; init; }

    /// <summary>
    /// Whether there is anything to judge. A counter always has something: that nothing was added to it is a fact, zero. The others have not
    /// until they have a value.
    /// </summary>
    public bool HasData => Kind == MetricKind.Counter || Count > 0;

    /// <summary>Number of values of a rate that are not zero: the checks that passed, the requests that failed.</summary>
    public long Passes => (long)Sum;

    /// <summary>Number of values of a rate that are zero.</summary>
    public long Fails => Count - Passes;

    /// <summary>Of a rate, the share of values that are not zero, 0 to 1; of a counter, its sum per second of the run. 0 without data.</summary>
    public double Rate => Kind == MetricKind.Counter
        ? Seconds > 0 ? Sum / Seconds : 0
        : Count > 0 ? Sum / Count : 0;

    /// <summary>Arithmetic mean, exact; 0 when there is no value.</summary>
    public double Average => Count > 0 ? Sum / Count : 0;

    /// <summary>Half of the values are at most this.</summary>
    public double Median => Percentile(0.5);

    /// <summary>The value that the given share of the values does not exceed, within 0.4 %; never outside the smallest and the largest.</summary>
    /// <param name="fraction">From 0 to 1.</param>
    public double Percentile(double fraction)
    {
        if (_values is null || Count == 0)
            return 0;
        var rank = PercentileRule.Rank(fraction, Count);
        return rank <= 1 ? Min : rank >= Count ? Max : Math.Clamp(_values.Percentile(fraction) / _perUnit, Min, Max);
    }

    /// <summary>What a threshold compares.</summary>
    /// <param name="aggregation">One of those that the metric's definition lists.</param>
    /// <param name="fraction">Which percentile, from 0 to 1; of no meaning for the others.</param>
    public double Value(MetricAggregation aggregation, double fraction = 0) => aggregation switch
    {
        MetricAggregation.Count => Kind == MetricKind.Counter ? Sum : Count,
        MetricAggregation.Rate => Rate,
        MetricAggregation.Value => Last,
        MetricAggregation.Average => Average,
        MetricAggregation.Min => Min,
        MetricAggregation.Max => Max,
        MetricAggregation.Median => Median,
        _ => Percentile(fraction),
    };

    /// <summary>A count that is derived from other records.</summary>
    public static MetricSink Counter(long count, double seconds) => new(MetricKind.Counter) { Count = count, Sum = count, Last = count, Seconds = seconds };

    /// <summary>A share that is derived from other records.</summary>
    public static MetricSink Share(long passes, long total) => new(MetricKind.Rate) { Count = total, Sum = passes };

    /// <summary>Times in nanoseconds as a trend in milliseconds.</summary>
    public static MetricSink Times(HistogramTotal times) => new(MetricKind.Trend, times, 1e6)
    {
        Count = times.Count,
        Sum = (double)times.Sum / 1e6,
        Min = times.Min / 1e6,
        Max = times.Max / 1e6,
    };
}
