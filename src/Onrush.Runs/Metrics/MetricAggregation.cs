namespace Onrush.Runs;

/// <summary>What can be made of the values of a metric. In thresholds: <c>count rate value avg min max med p(N)</c>.</summary>
internal enum MetricAggregation
{
    /// <summary>Counter: the sum of its values, as in k6. Trend: the number of values.</summary>
    Count,

    /// <summary>Counter: its sum per second of the run. Rate: the share of values that are not zero, 0 to 1.</summary>
    Rate,

    /// <summary>Gauge: the newest value.</summary>
    Value,

    /// <summary>Trend: the arithmetic mean.</summary>
    Average,

    /// <summary>Trend and gauge: the smallest value.</summary>
    Min,

    /// <summary>Trend and gauge: the largest value.</summary>
    Max,

    /// <summary>Trend: half of the values are at most this.</summary>
    Median,

    /// <summary>Trend: the value that a given share of the values does not exceed.</summary>
    Percentile,
}
