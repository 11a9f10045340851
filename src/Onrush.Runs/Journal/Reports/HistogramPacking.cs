using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>
/// Histograms in a report. A form comes first, in the figures:
/// <code>
/// 0      no values
/// 1      as many zeros as the caller expects, nothing else (most phases of most requests)
/// 2      the values, see below
/// 3      the same buckets as another histogram of the series but for some, see below
/// </code>
/// <para>Values: number of buckets, then for each the gap to the one before less one (gaps) and its count less one (counts). Then, in the figures, the
/// sum less that of all midpoints, the smallest value less the lower bound of the first bucket, the largest less that of the last.</para>
/// <para>Differences: number of buckets whose counts differ, then for each the gap (gaps) and the difference, signed (counts); then the figures as above.
/// Response time, duration and wait of the same requests lie in the same buckets but for a few.</para>
/// </summary>
internal static class HistogramPacking
{
    private const int None = 0, Zeros = 1, Values = 2, Differences = 3;

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
        if (differences < data.Buckets.Length)
        {
            to.Figures.Count(Differences);
            to.Figures.Count(differences);
            WriteDifferences(like!, data, to);
        }
        else
        {
            to.Figures.Count(Values);
            to.Figures.Count(data.Buckets.Length);
            var last = -1;
            for (var i = 0; i < data.Buckets.Length; i++)
            {
                to.Gaps.Count(data.Buckets[i] - last - 1);
                to.Counts.Count(data.Counts[i] - 1);
                last = data.Buckets[i];
            }
        }

        to.Figures.Signed(data.Sum - Midpoints(data.Buckets, data.Counts));
        to.Figures.Signed(data.Min - HistogramLayout.LowerBound(data.Buckets[0]));
        to.Figures.Signed(data.Max - HistogramLayout.LowerBound(data.Buckets[^1]));
    }

    /// <summary>Reads a histogram.</summary>
    /// <exception cref="DamagedDataException">It makes no sense.</exception>
    public static HistogramData Read(long expected, HistogramData? like, ref ReportSource from)
    {
        ushort[] buckets;
        long[] counts;
        switch (from.Figures.Count(Differences))
        {
            case None:
                return HistogramData.Empty;
            case Zeros:
                return expected > 0 ? new HistogramData([0], [expected], 0, 0, 0) : throw new DamagedDataException("there are zeros of nothing");
            case Values:
                (buckets, counts) = ReadValues(ref from);
                break;
            default:
                (buckets, counts) = ReadDifferences(like ?? throw new DamagedDataException("there is nothing to be alike"), ref from);
                break;
        }

        if (buckets.Length == 0)
            throw new DamagedDataException("a histogram has no buckets");
        var sum = from.Figures.Signed() + Midpoints(buckets, counts);
        var min = from.Figures.Signed() + HistogramLayout.LowerBound(buckets[0]);
        var max = from.Figures.Signed() + HistogramLayout.LowerBound(buckets[^1]);
        if (sum < 0 || sum > ReportLimits.Sum || min < 0 || min > max || max > HistogramLayout.MaxValue)
            throw new DamagedDataException("the figures of a histogram contradict each other");
        return new HistogramData(buckets, counts, sum, (long)min, (long)max);
    }

    private static (ushort[] Buckets, long[] Counts) ReadValues(ref ReportSource from)
    {
        var buckets = new ushort[from.Figures.CountUpTo(Math.Min(HistogramLayout.Buckets, from.Gaps.Left))];
        from.Take(buckets.Length);
        var counts = new long[buckets.Length];
        long last = -1;
        for (var i = 0; i < buckets.Length; i++)
        {
            last += from.Gaps.Count(HistogramLayout.Buckets) + 1;
            if (last >= HistogramLayout.Buckets)
                throw new DamagedDataException("a bucket is out of range");
            buckets[i] = (ushort)last;
            counts[i] = from.Counts.Count(ReportLimits.Count) + 1;
        }

        return (buckets, counts);
    }

    private static int CountDifferences(HistogramData like, HistogramData data)
    {
        var differences = 0;
        for (int i = 0, j = 0; i < like.Buckets.Length || j < data.Buckets.Length;)
            differences += Step(like, data, ref i, ref j, out _) == 0 ? 0 : 1;
        return differences;
    }

    private static void WriteDifferences(HistogramData like, HistogramData data, ReportColumns to)
    {
        var last = -1;
        for (int i = 0, j = 0; i < like.Buckets.Length || j < data.Buckets.Length;)
        {
            var difference = Step(like, data, ref i, ref j, out var bucket);
            if (difference == 0)
                continue;
            to.Gaps.Count(bucket - last - 1);
            to.Counts.Signed(difference);
            last = bucket;
        }
    }

    private static (ushort[] Buckets, long[] Counts) ReadDifferences(HistogramData like, ref ReportSource from)
    {
        var differences = from.Figures.CountUpTo(Math.Min(HistogramLayout.Buckets, from.Gaps.Left));
        from.Take(like.Buckets.Length + differences);
        var buckets = new List<ushort>(like.Buckets.Length + differences);
        var counts = new List<long>(like.Buckets.Length + differences);
        var i = 0;
        long last = -1;
        for (var n = 0; n < differences; n++)
        {
            last += from.Gaps.Count(HistogramLayout.Buckets) + 1;
            if (last >= HistogramLayout.Buckets)
                throw new DamagedDataException("a bucket is out of range");
            for (; i < like.Buckets.Length && like.Buckets[i] < last; i++)
                Keep(like.Buckets[i], like.Counts[i]);
            var count = from.Counts.Signed();
            if (i < like.Buckets.Length && like.Buckets[i] == last)
                count += like.Counts[i++];
            if (count < 0 || count > ReportLimits.Count)
                throw new DamagedDataException("a bucket has a count that cannot be");
            if (count > 0)
                Keep((ushort)last, (long)count);
        }

        for (; i < like.Buckets.Length; i++)
            Keep(like.Buckets[i], like.Counts[i]);
        return ([.. buckets], [.. counts]);

        void Keep(ushort bucket, long count)
        {
            buckets.Add(bucket);
            counts.Add(count);
        }
    }

    // The next bucket of either, and by how much its count differs.
    private static long Step(HistogramData like, HistogramData data, ref int i, ref int j, out int bucket)
    {
        var left = i < like.Buckets.Length ? like.Buckets[i] : int.MaxValue;
        var right = j < data.Buckets.Length ? data.Buckets[j] : int.MaxValue;
        bucket = Math.Min(left, right);
        return (right == bucket ? data.Counts[j++] : 0) - (left == bucket ? like.Counts[i++] : 0);
    }

    private static Int128 Midpoints(ReadOnlySpan<ushort> buckets, ReadOnlySpan<long> counts)
    {
        Int128 sum = 0;
        for (var i = 0; i < buckets.Length; i++)
            sum += (Int128)HistogramLayout.Midpoint(buckets[i]) * counts[i];
        return sum;
    }
}
