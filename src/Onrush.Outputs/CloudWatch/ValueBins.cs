using Onrush.Measurement;

namespace Onrush.Outputs.CloudWatch;

/// <summary>
/// A distribution as values and how often each occurred. At most so many values: smallest and largest exactly, and the rest in as many steps of equal ratio as are
/// left, each with the mean of what is in it. Over a range of one to a thousand that is 2.5 % at the most to either side; where there are no more buckets than
/// steps, each is told as it is, within 0.4 %.
/// </summary>
/// <param name="Values">In milliseconds, ascending.</param>
/// <param name="Counts">How often each.</param>
internal sealed record ValueBins(IReadOnlyList<double> Values, IReadOnlyList<long> Counts)
{
    /// <summary>The distribution of times in nanoseconds, in milliseconds.</summary>
    /// <param name="times">The times.</param>
    /// <param name="most">Most values, at least 4.</param>
    public static ValueBins Of(HistogramData times, int most)
    {
        var values = new List<double>();
        var counts = new List<long>();
        if (times.Count == 0)
            return new ValueBins(values, counts);
        if (times.Min == times.Max || times.Count == 1)
            return new ValueBins([Ms(times.Min)], [times.Count]);
        Add(Ms(times.Min), 1);
        int first = times.Buckets[0], last = times.Buckets[^1];
        int width = Math.Max(1, (last - first + 1 + most - 3) / (most - 2));
        double sum = 0;
        long count = 0;
        for (int i = 0; i < times.Buckets.Length; i++)
        {
            // The exact ends are told already.
            long here = times.Counts[i] - (i == 0 ? 1 : 0) - (i == times.Buckets.Length - 1 ? 1 : 0);
            double midpoint = Math.Clamp(HistogramLayout.Midpoint(times.Buckets[i]), times.Min, times.Max);
            sum += midpoint * here;
            count += here;
            bool ends = i == times.Buckets.Length - 1 || (times.Buckets[i + 1] - first) / width != (times.Buckets[i] - first) / width;
            if (!ends)
                continue;
            if (count > 0)
                Add(Ms(sum / count), count);
            (sum, count) = (0, 0);
        }

        Add(Ms(times.Max), 1);
        return new ValueBins(values, counts);

        void Add(double value, long number)
        {
            if (values.Count > 0 && values[^1] == value)
            {
                counts[^1] += number;
                return;
            }

            values.Add(value);
            counts.Add(number);
        }
    }

    private static double Ms(double ns) => Math.Round(ns / 1e6, 4);
}
