using Onrush.Measurement;

namespace Onrush.Outputs.Prometheus;

/// <summary>A distribution in the buckets of a classic histogram, each with everything below its bound.</summary>
internal static class ClassicBuckets
{
    /// <summary>Upper bounds in the unit of the metric with the number of values up to them; the last bound is infinite.</summary>
    /// <param name="values">The distribution.</param>
    /// <param name="perUnit">What it counts in one unit.</param>
    public static IEnumerable<(double Bound, long Count)> Of(HistogramData values, double perUnit)
    {
        var counts = LatencyBounds.Counts(values, perUnit / 1000);
        var sum = 0L;
        for (var i = 0; i < LatencyBounds.Milliseconds.Count; i++)
        {
            sum += counts[i];
            yield return (LatencyBounds.Milliseconds[i] / 1000, sum);
        }

        yield return (double.PositiveInfinity, values.Count);
    }
}
