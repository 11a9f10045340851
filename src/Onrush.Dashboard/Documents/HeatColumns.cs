using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>
/// The latency heat map: for each point pairs of bucket and count. There are 80 buckets, ten to each power of ten: bucket b reaches from 0.01 * 10^(b/10)
/// milliseconds to the next; what is below or above counts in the first or last.
/// </summary>
internal sealed record HeatColumns(int[] StartSecond, int[] LengthSeconds, long[][] Cells)
{
    /// <summary>Number of buckets.</summary>
    public const int Buckets = 80;

    private const double LowestNs = 10_000;

    // The bucket of each of the histogram's; a value is taken to lie in the middle, which is at most 0.4 % off.
    private static readonly byte[] Places = [.. Enumerable.Range(0, HistogramLayout.Buckets).Select(i => (byte)PlaceOf(HistogramLayout.Midpoint(i)))];

    /// <summary>The heat of some points.</summary>
    public static HeatColumns Of(IReadOnlyList<RunSecond> points) => new(
        [.. points.Select(p => p.StartSecond)], [.. points.Select(p => p.LengthSeconds)], [.. points.Select(p => CellsOf(p.Distribution))]);

    private static long[] CellsOf(HistogramData times)
    {
        Span<long> counts = stackalloc long[Buckets];
        counts.Clear();
        int used = 0;
        for (int i = 0; i < times.Buckets.Length; i++)
        {
            ref long count = ref counts[Places[times.Buckets[i]]];
            used += count == 0 ? 1 : 0;
            count += times.Counts[i];
        }

        var cells = new long[used * 2];
        for (int b = 0, n = 0; b < Buckets; b++)
        {
            if (counts[b] == 0)
                continue;
            cells[n++] = b;
            cells[n++] = counts[b];
        }

        return cells;
    }

    private static int PlaceOf(long ns) => ns <= LowestNs ? 0 : Math.Clamp((int)Math.Floor(10 * Math.Log10(ns / LowestNs)), 0, Buckets - 1);
}
