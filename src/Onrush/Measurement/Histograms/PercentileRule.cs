namespace Onrush.Measurement;

/// <summary>
/// The one percentile rule: of n values in ascending order, the one at place ceil(p * n), shown as the midpoint of its bucket and
/// never outside the smallest and the largest value. Those two are known exactly and shown exactly.
/// </summary>
internal static class PercentileRule
{
    /// <summary>The place, from 1 to <paramref name="count"/>, of the percentile given as a fraction from 0 to 1.</summary>
    public static long Rank(double fraction, long count)
    {
        if (!(fraction >= 0 && fraction <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A percentile is a fraction from 0 to 1.");
        // 0.07 * 100 is a hair above 7 in binary; without the allowance the place would be 8.
        double exact = fraction * count;
        return Math.Clamp((long)Math.Ceiling(exact - exact * 1e-12), 1, count);
    }

    /// <summary>The value at a place, given the bucket that holds it.</summary>
    public static long Value(long rank, long count, int bucket, long min, long max) =>
        rank <= 1 ? min
        : rank >= count ? max
        : Math.Clamp(HistogramLayout.Midpoint(bucket), min, max);
}
