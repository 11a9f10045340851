using Onrush.Measurement;

namespace Onrush.Outputs.Otlp;

/// <summary>
/// A distribution of times in the exponential histogram of OpenTelemetry: bucket i reaches from base^i (without) to base^(i+1) seconds, where base = 2^(2^-scale).
/// The scale is the finest at which the range needs no more buckets than may be; a range that grows makes it coarser, never finer, so cumulative points stay comparable.
/// </summary>
/// <param name="Scale">The scale.</param>
/// <param name="Offset">Index of the first bucket.</param>
/// <param name="Counts">Values in it and those that follow.</param>
/// <param name="Zeros">Values of zero.</param>
internal sealed record ExponentialBuckets(int Scale, int Offset, IReadOnlyList<ulong> Counts, ulong Zeros)
{
    /// <summary>Most buckets.</summary>
    public const int Most = 160;

    // Finer than what is measured makes no sense: a bucket of ours is 0.8 % wide, one at scale 6 is 1.1 %.
    private const int Finest = 6;

    /// <summary>Times in nanoseconds.</summary>
    public static ExponentialBuckets Of(HistogramData times)
    {
        var values = new List<(double Seconds, long Count)>();
        ulong zeros = 0;
        for (int i = 0; i < times.Buckets.Length; i++)
        {
            double ns = Math.Clamp(HistogramLayout.Midpoint(times.Buckets[i]), times.Min, times.Max);
            if (ns <= 0)
                zeros += (ulong)times.Counts[i];
            else
                values.Add((ns / 1e9, times.Counts[i]));
        }

        if (values.Count == 0)
            return new ExponentialBuckets(0, 0, [], zeros);
        int scale = Finest;
        while (IndexOf(values[^1].Seconds, scale) - IndexOf(values[0].Seconds, scale) >= Most)
            scale--;
        int offset = IndexOf(values[0].Seconds, scale);
        var counts = new ulong[IndexOf(values[^1].Seconds, scale) - offset + 1];
        foreach (var (seconds, count) in values)
            counts[IndexOf(seconds, scale) - offset] += (ulong)count;
        return new ExponentialBuckets(scale, offset, counts, zeros);
    }

    /// <summary>The bucket a value lies in.</summary>
    public static int IndexOf(double seconds, int scale) => (int)Math.Ceiling(Math.ScaleB(Math.Log2(seconds), scale)) - 1;
}
