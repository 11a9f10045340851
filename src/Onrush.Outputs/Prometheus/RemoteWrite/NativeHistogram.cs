using Onrush.Measurement;

namespace Onrush.Outputs.Prometheus.RemoteWrite;

/// <summary>
/// A distribution as a native histogram of schema 3: eight buckets per octave, the bucket i ends at 2^(i/8) units. Half of such a bucket is 4.5 % of its value;
/// ours are ten times as fine, so they go into these by their midpoints.
/// </summary>
/// <param name="Zeros">Values that are zero.</param>
/// <param name="Spans">Runs of buckets that follow each other: distance from the end of the one before (from 0 for the first), and length.</param>
/// <param name="Deltas">The count of each bucket, less that of the one before.</param>
internal sealed record NativeHistogram(long Zeros, IReadOnlyList<(int Offset, int Length)> Spans, IReadOnlyList<long> Deltas)
{
    /// <summary>Buckets per octave as an exponent of two.</summary>
    public const int Schema = 3;

    // Up to so many buckets without a value are cheaper written than left out.
    private const int SmallGap = 2;

    /// <summary>The histogram of a distribution.</summary>
    /// <param name="values">The distribution.</param>
    /// <param name="perUnit">What it counts in one unit.</param>
    public static NativeHistogram Of(HistogramData values, double perUnit)
    {
        var zeros = 0L;
        SortedDictionary<int, long> buckets = [];
        for (var i = 0; i < values.Buckets.Length; i++)
        {
            var value = HistogramLayout.Midpoint(values.Buckets[i]) / perUnit;
            if (value <= 0)
                zeros += values.Counts[i];
            else
                buckets[IndexOf(value)] = buckets.GetValueOrDefault(IndexOf(value)) + values.Counts[i];
        }

        List<(int Offset, int Length)> spans = [];
        List<long> deltas = [];
        int next = 0;
        long before = 0;
        foreach (var (index, count) in buckets)
        {
            var gap = index - next;
            if (spans.Count == 0 || gap > SmallGap)
            {
                spans.Add((gap, 0));
                gap = 0;
            }

            for (; gap > 0; gap--)
                Add(0);
            Add(count);
            next = index + 1;
        }

        return new NativeHistogram(zeros, spans, deltas);

        void Add(long count)
        {
            spans[^1] = (spans[^1].Offset, spans[^1].Length + 1);
            deltas.Add(count - before);
            before = count;
        }
    }

    private static int IndexOf(double value) => (int)Math.Ceiling(Math.Log2(value) * (1 << Schema) - 1e-9);
}
