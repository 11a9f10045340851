using System.Numerics;
using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>
/// Histograms in a report. In the figures stands a form, and behind some forms a number; everything else is bits.
/// <code>
/// form             number in the figures         bits
/// 0  None                                        no values
/// 1  Zeros                                       as many zeros as expected and nothing else: most phases of most requests
/// 2  Expected                                    as many values as expected: as for 3
/// 3  Single        values                        k (4 bits), first bucket (13), then for each value but the first, in order, rice k: how many
///                                                buckets it lies behind the one before; 0 for the same bucket
/// 4  Buckets       buckets                       k, l (4 bits each), first bucket (13); for each bucket: rice k: its distance to the one before less one
///                                                (not for the first), signed rice l: its count less that of the one before (1 for the first)
/// 5  Like          buckets whose counts differ   k (4 bits); for each such bucket: rice k: its distance to the one before less one (to -1 for the first),
///                  from those of another         then the difference d as rice 0: 2d-2 if it is above zero, else -2d-1
/// </code>
/// Behind the forms 2 to 5: one bit, 1 when smallest and largest value lie in the first and last bucket. Then they follow as distances to the lower bounds of
/// these buckets, in as many bits as the width of the bucket has, and the sum less that of all midpoints as signed rice m, m being the bits of the last
/// bucket's width plus half those of the number of values (40 at most). If the bit is 0, or the sum is too far off, the three stand as signed numbers in the figures.
/// Rice codes fit what they hold: values that fall at random have distances that fall off geometrically.
/// </summary>
internal static class HistogramPacking
{
    private const int None = 0, Zeros = 1, Expected = 2, Single = 3, Buckets = 4, Like = 5;
    private const int BucketBits = 13, KBits = 4, MostK = 15, MostSumBits = 40;
    private const long FarOff = 1L << 40;

    /// <summary>Writes a histogram.</summary>
    /// <param name="data">The histogram.</param>
    /// <param name="expected">Number of values that is likely.</param>
    /// <param name="like">One that is likely to be alike; null for none.</param>
    /// <param name="to">Where it goes.</param>
    public static void Write(HistogramData data, long expected, HistogramData? like, ReportColumns to)
    {
        if (data.Count == 0)
        {
            to.Figures.Count(None);
            return;
        }

        if (data.Count == expected && data.Max == 0 && data.Sum == 0 && data.Buckets.Length == 1)
        {
            to.Figures.Count(Zeros);
            return;
        }

        var differences = like is null ? int.MaxValue : CountDifferences(like, data);
        if (differences <= data.Buckets.Length / 2)
        {
            to.Figures.Count(Like);
            to.Figures.Count(differences);
            WriteDifferences(like!, data, differences, to.Bits);
        }
        else if (data.Count <= 2 * data.Buckets.Length)
        {
            to.Figures.Count(data.Count == expected ? Expected : Single);
            if (data.Count != expected)
                to.Figures.Count(data.Count);
            WriteSingle(data, to.Bits);
        }
        else
        {
            to.Figures.Count(Buckets);
            to.Figures.Count(data.Buckets.Length);
            WriteBuckets(data, to.Bits);
        }

        WriteBounds(data, to);
    }

    /// <summary>Reads a histogram.</summary>
    /// <exception cref="DamagedDataException">It makes no sense.</exception>
    public static HistogramData Read(long expected, HistogramData? like, ref ReportSource from)
    {
        from.Begin();
        switch (from.Figures.Count(Like))
        {
            case None:
                return HistogramData.Empty;
            case Zeros:
                return expected > 0 ? HistogramData.Zeros(expected) : throw new DamagedDataException("there are zeros of nothing");
            case Expected:
                ReadSingle(expected, ref from);
                break;
            case Single:
                ReadSingle(from.Figures.Count(ReportLimits.Count), ref from);
                break;
            case Buckets:
                ReadBuckets(ref from);
                break;
            default:
                ReadDifferences(like ?? throw new DamagedDataException("there is nothing to be alike"), ref from);
                break;
        }

        if (from.Buckets.IsEmpty)
            throw new DamagedDataException("a histogram has no buckets");
        return ReadBounds(from.Buckets.ToArray(), from.Counts.ToArray(), ref from);
    }

    private static void WriteSingle(HistogramData data, BitWriter to)
    {
        var k = BitWriter.Best(data.Buckets[^1] - data.Buckets[0], (int)data.Count, MostK);
        to.Bits(k, KBits);
        to.Bits(data.Buckets[0], BucketBits);
        for (var i = 0; i < data.Buckets.Length; i++)
        {
            if (i > 0)
                to.Rice(data.Buckets[i] - data.Buckets[i - 1], k);
            for (var more = data.Counts[i] - 1; more > 0; more--)
                to.Rice(0, k);
        }
    }

    private static void ReadSingle(long values, ref ReportSource from)
    {
        var k = (int)from.Bits.Bits(KBits);
        long bucket = from.Bits.Bits(BucketBits), count = 1;
        // Each value takes a bit at least.
        if (values < 1 || values - 1 > from.Bits.Left)
            throw new DamagedDataException("a histogram has more values than there are bits");
        for (var left = values - 1; left > 0; left--)
        {
            var distance = from.Bits.Rice(k);
            if (distance > 0)
            {
                from.Add(bucket, count);
                count = 0;
            }

            bucket += distance;
            count++;
        }

        from.Add(bucket, count);
    }

    private static void WriteBuckets(HistogramData data, BitWriter to)
    {
        long changes = 0, last = 1;
        foreach (var count in data.Counts)
        {
            changes += Math.Abs(count - last);
            last = count;
        }

        var n = data.Buckets.Length;
        var k = BitWriter.Best(data.Buckets[^1] - data.Buckets[0] - (n - 1), n, MostK);
        var l = BitWriter.Best(changes * 2, n, MostK);
        to.Bits(k, KBits);
        to.Bits(l, KBits);
        to.Bits(data.Buckets[0], BucketBits);
        for (var i = 0; i < n; i++)
        {
            if (i > 0)
                to.Rice(data.Buckets[i] - data.Buckets[i - 1] - 1, k);
            to.SignedRice(data.Counts[i] - (i > 0 ? data.Counts[i - 1] : 1), l);
        }
    }

    private static void ReadBuckets(ref ReportSource from)
    {
        var buckets = from.Figures.CountUpTo(HistogramLayout.Buckets);
        int k = (int)from.Bits.Bits(KBits), l = (int)from.Bits.Bits(KBits);
        long bucket = from.Bits.Bits(BucketBits), count = 1;
        for (var i = 0; i < buckets; i++)
        {
            if (i > 0)
                bucket += from.Bits.Rice(k) + 1;
            count += from.Bits.SignedRice(l);
            from.Add(bucket, count);
        }
    }

    private static int CountDifferences(HistogramData like, HistogramData data)
    {
        var differences = 0;
        for (int i = 0, j = 0; i < like.Buckets.Length || j < data.Buckets.Length;)
            differences += Step(like, data, ref i, ref j, out _) == 0 ? 0 : 1;
        return differences;
    }

    private static void WriteDifferences(HistogramData like, HistogramData data, int differences, BitWriter to)
    {
        var k = BitWriter.Best(Math.Max(like.Buckets[^1], data.Buckets[^1]), differences, MostK);
        to.Bits(k, KBits);
        var last = -1;
        for (int i = 0, j = 0; i < like.Buckets.Length || j < data.Buckets.Length;)
        {
            var difference = Step(like, data, ref i, ref j, out var bucket);
            if (difference == 0)
                continue;
            to.Rice(bucket - last - 1, k);
            to.Rice(difference > 0 ? 2 * difference - 2 : -2 * difference - 1, 0);
            last = bucket;
        }
    }

    private static void ReadDifferences(HistogramData like, ref ReportSource from)
    {
        var differences = from.Figures.CountUpTo(HistogramLayout.Buckets);
        var k = (int)from.Bits.Bits(KBits);
        ReadOnlySpan<ushort> buckets = like.Buckets;
        ReadOnlySpan<long> counts = like.Counts;
        var i = 0;
        long bucket = -1;
        for (; differences > 0; differences--)
        {
            bucket += from.Bits.Rice(k) + 1;
            for (; i < buckets.Length && buckets[i] < bucket; i++)
                from.Add(buckets[i], counts[i]);
            var coded = from.Bits.Rice(0);
            var count = (coded & 1) == 0 ? coded / 2 + 1 : -(coded / 2) - 1;
            if (i < buckets.Length && buckets[i] == bucket)
                count += counts[i++];
            if (count != 0)
                from.Add(bucket, count);
        }

        for (; i < buckets.Length; i++)
            from.Add(buckets[i], counts[i]);
    }

    // The next bucket of either, and by how much its count differs.
    private static long Step(HistogramData like, HistogramData data, ref int i, ref int j, out int bucket)
    {
        var left = i < like.Buckets.Length ? like.Buckets[i] : int.MaxValue;
        var right = j < data.Buckets.Length ? data.Buckets[j] : int.MaxValue;
        bucket = Math.Min(left, right);
        return (right == bucket ? data.Counts[j++] : 0) - (left == bucket ? like.Counts[i++] : 0);
    }

    private static void WriteBounds(HistogramData data, ReportColumns to)
    {
        int first = data.Buckets[0], last = data.Buckets[^1];
        var (min, max) = (data.Min - HistogramLayout.LowerBound(first), data.Max - HistogramLayout.LowerBound(last));
        var sum = data.Sum - Midpoints(data.Buckets, data.Counts);
        var fits = min >= 0 && min < Width(first) && max >= 0 && max < Width(last) && sum > -FarOff && sum < FarOff;
        to.Bits.Bits(fits ? 1 : 0, 1);
        if (!fits)
        {
            to.Figures.Signed(min);
            to.Figures.Signed(max);
            to.Figures.Signed(sum);
            return;
        }

        to.Bits.Bits(min, WidthBits(first));
        to.Bits.Bits(max, WidthBits(last));
        to.Bits.SignedRice((long)sum, SumBits(last, data.Count));
    }

    private static HistogramData ReadBounds(ushort[] buckets, long[] counts, ref ReportSource from)
    {
        int first = buckets[0], last = buckets[^1];
        Int128 min, max, sum;
        if (from.Bits.Bits(1) == 1)
        {
            (min, max) = (from.Bits.Bits(WidthBits(first)), from.Bits.Bits(WidthBits(last)));
            long values = 0;
            foreach (var count in counts)
                values = checked(values + count);
            sum = from.Bits.SignedRice(SumBits(last, values));
        }
        else
        {
            (min, max, sum) = (from.Figures.Signed(), from.Figures.Signed(), from.Figures.Signed());
        }

        min += HistogramLayout.LowerBound(first);
        max += HistogramLayout.LowerBound(last);
        sum += Midpoints(buckets, counts);
        if (sum < 0 || sum > ReportLimits.Sum || min < 0 || min > max || max > HistogramLayout.MaxValue)
            throw new DamagedDataException("the figures of a histogram contradict each other");
        return new HistogramData(buckets, counts, sum, (long)min, (long)max);
    }

    private static long Width(int bucket) => HistogramLayout.LowerBound(bucket + 1) - HistogramLayout.LowerBound(bucket);

    private static int WidthBits(int bucket) => BitOperations.Log2((ulong)Width(bucket));

    private static int SumBits(int last, long values) => Math.Min(WidthBits(last) + BitOperations.Log2((ulong)values) / 2, MostSumBits);

    private static Int128 Midpoints(ReadOnlySpan<ushort> buckets, ReadOnlySpan<long> counts)
    {
        // 128 bits are slow and seldom needed: midpoints have 42 bits, so that a few of up to 2^16 values each fit into 63.
        Int128 sum = 0;
        long small = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            var (midpoint, count) = (HistogramLayout.Midpoint(buckets[i]), counts[i]);
            if (count > 1 << 16)
                sum += (Int128)midpoint * count;
            else if ((small += midpoint * count) >= 1L << 62)
                (sum, small) = (sum + small, 0);
        }

        return sum + small;
    }
}
