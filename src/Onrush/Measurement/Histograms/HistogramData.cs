namespace Onrush.Measurement;

/// <summary>
/// Times in nanoseconds as they travel and are kept: the buckets that hold something, in ascending order, with exact count, sum,
/// smallest and largest value. Immutable. Merging is addition: in any order and grouping the result is the same.
/// </summary>
internal sealed class HistogramData : IEquatable<HistogramData>
{
    /// <summary>No values.</summary>
    public static readonly HistogramData Empty = new([], [], 0, 0, 0);

    private static readonly HistogramData?[] SomeZeros = new HistogramData?[1024];

    private readonly ushort[] _buckets;
    private readonly long[] _counts;

    /// <summary>Takes over the given arrays.</summary>
    /// <param name="buckets">Indices of the buckets that hold something, ascending.</param>
    /// <param name="counts">Number of values in each of them, above zero.</param>
    /// <param name="sum">Sum of all values in nanoseconds.</param>
    /// <param name="min">Smallest value in nanoseconds.</param>
    /// <param name="max">Largest value in nanoseconds.</param>
    /// <exception cref="ArgumentException">The parts contradict each other.</exception>
    public HistogramData(ushort[] buckets, long[] counts, Int128 sum, long min, long max)
    {
        if (buckets.Length != counts.Length)
            throw new ArgumentException("A histogram needs as many counts as buckets.", nameof(counts));
        int last = -1;
        foreach (ushort bucket in buckets)
        {
            if (bucket <= last || bucket >= HistogramLayout.Buckets)
                throw new ArgumentException("The buckets of a histogram ascend and lie within its range.", nameof(buckets));
            last = bucket;
        }
        foreach (long count in counts)
        {
            if (count <= 0)
                throw new ArgumentException("A bucket that is listed holds something.", nameof(counts));
            Count = checked(Count + count);
        }
        if (min > max || min < 0 || sum < 0)
            throw new ArgumentException("The smallest value of a histogram is not above the largest, and none is negative.", nameof(min));
        (_buckets, _counts, Sum, Min, Max) = (buckets, counts, sum, min, max);
    }

    /// <summary>Number of values.</summary>
    public long Count { get; }

    /// <summary>Sum of the values in nanoseconds, exact.</summary>
    public Int128 Sum { get; }

    /// <summary>Smallest value in nanoseconds; 0 when there is none.</summary>
    public long Min { get; }

    /// <summary>Largest value in nanoseconds; 0 when there is none.</summary>
    public long Max { get; }

    /// <summary>Indices of the buckets that hold something, ascending.</summary>
    public ReadOnlySpan<ushort> Buckets => _buckets;

    /// <summary>Number of values in each of <see cref="Buckets"/>.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>Arithmetic mean in nanoseconds; 0 when there is no value.</summary>
    public double Average => Count == 0 ? 0 : (double)Sum / Count;

    /// <summary>So many zeros, which most phases of most requests are; small ones are shared.</summary>
    /// <param name="count">How many, above zero.</param>
    public static HistogramData Zeros(long count)
    {
        if (count >= SomeZeros.Length)
            return new HistogramData([0], [count], 0, 0, 0);
        return SomeZeros[count] ??= new HistogramData([0], [count], 0, 0, 0);
    }

    /// <summary>The values of both.</summary>
    public static HistogramData Merge(HistogramData a, HistogramData b)
    {
        if (a.Count == 0)
            return b;
        if (b.Count == 0)
            return a;
        var buckets = new ushort[a._buckets.Length + b._buckets.Length];
        var counts = new long[buckets.Length];
        int n = 0;
        for (int i = 0, j = 0; i < a._buckets.Length || j < b._buckets.Length; n++)
        {
            int left = i < a._buckets.Length ? a._buckets[i] : int.MaxValue;
            int right = j < b._buckets.Length ? b._buckets[j] : int.MaxValue;
            buckets[n] = (ushort)Math.Min(left, right);
            if (left <= right)
                counts[n] += a._counts[i++];
            if (right <= left)
                counts[n] += b._counts[j++];
        }
        Array.Resize(ref buckets, n);
        Array.Resize(ref counts, n);
        return new HistogramData(buckets, counts, a.Sum + b.Sum, Math.Min(a.Min, b.Min), Math.Max(a.Max, b.Max));
    }

    /// <summary>The values of an interval's histogram.</summary>
    public static HistogramData From(Histogram histogram)
    {
        if (histogram.Count == 0)
            return Empty;
        int used = histogram.Zeros > 0 ? 1 : 0;
        foreach (int[]? chunk in histogram.ChunksInUse)
            used += chunk is null ? 0 : chunk.Length - chunk.AsSpan().Count(0);
        var buckets = new ushort[used];
        var counts = new long[used];
        int n = 0;
        if (histogram.Zeros > 0)
            counts[n++] = histogram.Zeros;
        for (int c = 0; c < HistogramLayout.Chunks; c++)
        {
            if (histogram.ChunksInUse[c] is not { } chunk)
                continue;
            // Most buckets of a second are empty; the search for the next one that is not goes over many at once.
            for (int i = chunk.AsSpan().IndexOfAnyExcept(0), step = 0; step >= 0; i += step + 1)
            {
                buckets[n] = (ushort)(c * HistogramLayout.SubBuckets + i);
                counts[n++] = chunk[i];
                step = chunk.AsSpan(i + 1).IndexOfAnyExcept(0);
            }
        }
        return new HistogramData(buckets, counts, histogram.Sum, histogram.Min, histogram.Max);
    }

    /// <summary>The percentile given as a fraction from 0 to 1, in nanoseconds; 0 when there is no value.</summary>
    public long Percentile(double fraction)
    {
        if (Count == 0)
            return 0;
        long rank = PercentileRule.Rank(fraction, Count);
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
                return PercentileRule.Value(rank, Count, _buckets[i], Min, Max);
        }
        return Max;
    }

    /// <inheritdoc/>
    public bool Equals(HistogramData? other) =>
        other is not null && Sum == other.Sum && Min == other.Min && Max == other.Max
        && Buckets.SequenceEqual(other.Buckets) && Counts.SequenceEqual(other.Counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HistogramData);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Sum, Min, Max);
}
