namespace Onrush.Measurement;

/// <summary>How the values of a metric are put together: k6's four kinds.</summary>
public enum MetricKind
{
    /// <summary>Values add up.</summary>
    Counter,

    /// <summary>The last value counts; the smallest and the largest are kept.</summary>
    Gauge,

    /// <summary>The share of values that are not zero.</summary>
    Rate,

    /// <summary>The distribution of values.</summary>
    Trend,
}

/// <summary>What the values of a metric mean; decides how they are shown.</summary>
public enum MetricUnit
{
    /// <summary>A plain number.</summary>
    None,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Bytes.</summary>
    Bytes,
}
