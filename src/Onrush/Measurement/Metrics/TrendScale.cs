namespace Onrush.Measurement;

/// <summary>
/// How the values of a trend become whole numbers for its distribution: bytes as they are, everything else in millionths, so milliseconds in
/// nanoseconds. The distribution reaches from 0 to 4.4 million units (for bytes 4.4 million million); outside of it percentiles are those of its
/// ends, while number, sum, smallest and largest value stay exact.
/// </summary>
internal static class TrendScale
{
    /// <summary>What the distribution counts in one unit.</summary>
    public static double PerUnit(MetricUnit unit) => unit == MetricUnit.Bytes ? 1 : 1e6;

    /// <summary>Largest value that the distribution tells apart, in the metric's unit.</summary>
    public static double Largest(MetricUnit unit) => HistogramLayout.MaxValue / PerUnit(unit);

    /// <summary>A value as the distribution counts it.</summary>
    /// <param name="value">In the metric's unit.</param>
    /// <param name="perUnit">From <see cref="PerUnit"/>.</param>
    public static long Scaled(double value, double perUnit) =>
        value <= 0 ? 0 : value * perUnit >= HistogramLayout.MaxValue ? HistogramLayout.MaxValue : (long)Math.Round(value * perUnit);
}
