using Onrush.Measurement;

namespace Onrush.Runs.Analysis;

/// <summary>Two humps in a distribution.</summary>
/// <param name="FastMs">Top of the left one, in milliseconds.</param>
/// <param name="SlowMs">Top of the right one.</param>
/// <param name="BorderMs">The valley between them.</param>
/// <param name="SlowShare">Share of the values to the right of it, 0 to 1.</param>
internal sealed record TwoModes(double FastMs, double SlowMs, double BorderMs, double SlowShare)
{
    // Steps of a quarter octave: a hump is several of them wide.
    private const int PerOctave = 4;
    private const int Fewest = 200;
    private const double LeastRatio = 3, LeastShare = 0.08, DeepestValley = 0.2;

    /// <summary>The two humps; null where there is one, or many.</summary>
    public static TwoModes? Of(HistogramData data)
    {
        if (data.Count < Fewest)
            return null;
        double[] counts = Smooth(Coarse(data));
        int first = Array.IndexOf(counts, counts.Max());
        TwoModes? best = null;
        double bestTop = 0;
        for (int other = 0; other < counts.Length; other++)
        {
            int left = Math.Min(first, other), right = Math.Max(first, other);
            if (right - left < Math.Log2(LeastRatio) * PerOctave || counts[other] <= bestTop)
                continue;
            int valley = left + Array.IndexOf(counts[left..right], counts[left..right].Min());
            double slow = counts.Skip(valley + 1).Sum() / counts.Sum();
            if (counts[valley] > counts[other] * DeepestValley || slow < LeastShare || slow > 1 - LeastShare)
                continue;
            bestTop = counts[other];
            best = new TwoModes(Ms(left), Ms(right), Ms(valley), slow);
        }

        return best;
    }

    private static double[] Coarse(HistogramData data)
    {
        var counts = new double[(HistogramLayout.Chunks + 8) * PerOctave];
        for (int i = 0; i < data.Buckets.Length; i++)
            counts[(int)(Math.Log2(Math.Max(1, HistogramLayout.Midpoint(data.Buckets[i]))) * PerOctave)] += data.Counts[i];
        return counts;
    }

    private static double[] Smooth(double[] counts) =>
        [.. counts.Select((c, i) => (c * 2 + counts[Math.Max(0, i - 1)] + counts[Math.Min(counts.Length - 1, i + 1)]) / 4)];

    private static double Ms(int step) => Math.Pow(2, (step + 0.5) / PerOctave) / 1e6;
}
