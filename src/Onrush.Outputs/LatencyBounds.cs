using Onrush.Measurement;

namespace Onrush.Outputs;

/// <summary>
/// The bounds of coarse histograms, for systems that cannot take ours: about a factor of 1.5 from one to the next, from half a millisecond to a minute.
/// </summary>
internal static class LatencyBounds
{
    /// <summary>Upper bounds in milliseconds, ascending; what is larger belongs to none.</summary>
    public static IReadOnlyList<double> Milliseconds { get; } =
        [0.5, 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 10_000, 20_000, 60_000];

    /// <summary>Number of values in each bucket, the last of them those above all bounds. A value counts where the midpoint of its fine bucket lies.</summary>
    /// <param name="times">The distribution.</param>
    /// <param name="perBound">What it counts where the bounds count 1: for times, the nanoseconds of a millisecond.</param>
    public static long[] Counts(HistogramData times, double perBound = 1e6)
    {
        var counts = new long[Milliseconds.Count + 1];
        var bound = 0;
        for (var i = 0; i < times.Buckets.Length; i++)
        {
            var ms = HistogramLayout.Midpoint(times.Buckets[i]) / perBound;
            while (bound < Milliseconds.Count && ms > Milliseconds[bound])
                bound++;
            counts[bound] += times.Counts[i];
        }

        return counts;
    }
}
