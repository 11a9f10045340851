namespace Onrush;

/// <summary>The values of a metric over the whole run, or of the part of it that some tags choose. In the unit of the metric: times are milliseconds, data bytes.</summary>
public sealed class MetricSummary
{
    private readonly Func<double, double> _percentile;

    internal MetricSummary(Func<double, double> percentile) => _percentile = percentile;

    /// <summary>Whether there is any value. A counter always has one: that nothing was counted is a fact.</summary>
    public bool HasData { get; internal init; }

    /// <summary>Number of values.</summary>
    public long Count { get; internal init; }

    /// <summary>Sum of the values; of a rate the number of those that are not zero.</summary>
    public double Sum { get; internal init; }

    /// <summary>Of a rate, the share of values that are not zero, from 0 to 1; of a counter, its sum per second of the run.</summary>
    public double Rate { get; internal init; }

    /// <summary>The newest value.</summary>
    public double Last { get; internal init; }

    /// <summary>Smallest value.</summary>
    public double Min { get; internal init; }

    /// <summary>Largest value.</summary>
    public double Max { get; internal init; }

    /// <summary>Arithmetic mean.</summary>
    public double Average { get; internal init; }

    /// <summary>Half of the values are at most this. 0 for a metric that is no trend.</summary>
    public double Median => Percentile(50);

    /// <summary>The value that the given share of the values does not exceed. 0 for a metric that is no trend.</summary>
    /// <param name="percent">The share in percent, from 0 to 100: 99.9.</param>
    public double Percentile(double percent)
    {
        if (percent is not (>= 0 and <= 100))
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "A percentile is a share from 0 to 100 percent.");
        return _percentile(percent / 100);
    }
}
