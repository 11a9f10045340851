using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>Turns distributions of nanoseconds into the milliseconds that are shown.</summary>
internal static class TimesOf
{
    private const double NsPerMs = 1e6;

    private static readonly double[] Ranks = [.. ResponseTimes.Ranks];

    /// <summary>What is shown of a distribution.</summary>
    public static ResponseTimes Data(HistogramData data)
    {
        if (data.Count == 0)
            return ResponseTimes.None;
        var total = new HistogramTotal();
        total.Add(data);
        return Total(total);
    }

    /// <summary>What is shown of a distribution.</summary>
    public static ResponseTimes Total(HistogramTotal total)
    {
        if (total.Count == 0)
            return ResponseTimes.None;
        Span<long> values = stackalloc long[Ranks.Length];
        total.Percentiles(Ranks, values);
        var percentiles = new double[Ranks.Length];
        for (int i = 0; i < percentiles.Length; i++)
            percentiles[i] = values[i] / NsPerMs;
        return new ResponseTimes
        {
            Count = total.Count,
            AverageMs = (double)total.Sum / total.Count / NsPerMs,
            MinMs = total.Min / NsPerMs,
            MaxMs = total.Max / NsPerMs,
            Percentiles = percentiles,
        };
    }
}
