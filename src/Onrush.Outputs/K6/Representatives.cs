using Onrush.Measurement;

namespace Onrush.Outputs.K6;

/// <summary>Values that stand for a distribution where single values are wanted.</summary>
internal static class Representatives
{
    /// <summary>
    /// So many values, ascending, at even distances of rank. Where there are as many as the distribution has, they are all of it, each within 0.4 %.
    /// </summary>
    /// <param name="times">The distribution.</param>
    /// <param name="values">Filled with values in the distribution's own unit; not more than it has.</param>
    /// <param name="withEnds">Whether the smallest and the largest value are among them in any case.</param>
    public static void Fill(HistogramData times, Span<long> values, bool withEnds)
    {
        var bucket = 0;
        var seen = times.Counts.IsEmpty ? 0 : times.Counts[0];
        for (var i = 0; i < values.Length; i++)
        {
            var rank = Math.Clamp((long)((i + 0.5) / values.Length * times.Count) + 1, 1, times.Count);
            while (seen < rank)
                seen += times.Counts[++bucket];
            values[i] = PercentileRule.Value(rank, times.Count, times.Buckets[bucket], times.Min, times.Max);
        }

        if (!withEnds || values.Length == 0)
            return;
        values[0] = values.Length > 1 ? times.Min : times.Max;
        values[^1] = times.Max;
    }
}
