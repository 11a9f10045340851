using Onrush.Runs.Comparison;

namespace Onrush.Runs.Tests.Comparison;

/// <summary>Ways to compare that were not chosen, for the study that says why.</summary>
internal static class OtherMethods
{
    private static readonly ComparedMetric[] Times = [ComparedMetric.Median, ComparedMetric.P95, ComparedMetric.P99, ComparedMetric.Mean];

    /// <summary>A test on the two histograms: every request is an independent sample.</summary>
    public static bool[] Requests(ComparedRun before, ComparedRun after, double least)
    {
        var (a, b) = (Whole(before.Slots), Whole(after.Slots));
        double z = StudentT.Quantile(1 - 0.05 / Times.Length / 2, 1e6);
        return [.. Times.Select(metric =>
        {
            double change = Math.Log(Value(b, metric) / Value(a, metric));
            double spread = Math.Sqrt(Variance(a, metric) + Variance(b, metric));
            return IsSignificant(change, z * spread, least);
        })];
    }

    /// <summary>A bootstrap that draws stretches of so many seconds with replacement.</summary>
    public static bool[] Bootstrap(ComparedRun before, ComparedRun after, double least, int stretch, Random random)
    {
        const int Draws = 60;
        double z = StudentT.Quantile(1 - 0.05 / Times.Length / 2, 1e6);
        var draws = Enumerable.Range(0, Draws).Select(_ =>
        {
            var (a, b) = (Whole(Draw(before.Slots, stretch, random)), Whole(Draw(after.Slots, stretch, random)));
            return Times.Select(m => Math.Log(Value(b, m) / Value(a, m))).ToArray();
        }).ToList();
        var (wholeBefore, wholeAfter) = (Whole(before.Slots), Whole(after.Slots));
        return [.. Times.Select((metric, i) =>
        {
            double mean = draws.Average(d => d[i]);
            double spread = Math.Sqrt(draws.Average(d => (d[i] - mean) * (d[i] - mean)));
            return IsSignificant(Math.Log(Value(wholeAfter, metric) / Value(wholeBefore, metric)), z * spread, least);
        })];
    }

    private static bool IsSignificant(double change, double half, double leastPercent) =>
        Math.Abs(change) > half && Math.Abs(100 * (Math.Exp(change) - 1)) >= leastPercent;

    private static List<Slot> Draw(IReadOnlyList<Slot> slots, int stretch, Random random)
    {
        var drawn = new List<Slot>();
        while (drawn.Count < slots.Count)
            drawn.AddRange(slots.Skip(random.Next(slots.Count - stretch + 1)).Take(stretch));
        return drawn;
    }

    private static Distribution Whole(IEnumerable<Slot> slots)
    {
        var whole = new Distribution();
        foreach (var slot in slots)
        {
            foreach (var part in slot.Parts.Values)
                whole.Add(part.Times);
        }
        return whole;
    }

    private static double Fraction(ComparedMetric metric) => metric switch { ComparedMetric.Median => 0.5, ComparedMetric.P95 => 0.95, _ => 0.99 };

    private static double Value(Distribution times, ComparedMetric metric) =>
        metric == ComparedMetric.Mean ? times.Mean : times.Percentile(Fraction(metric));

    private static double Variance(Distribution times, ComparedMetric metric)
    {
        if (metric == ComparedMetric.Mean)
        {
            // The spread of the values, from the part of them within one standard deviation of a normal distribution.
            double spread = (times.Percentile(0.841) - times.Percentile(0.159)) / 2 / times.Mean;
            return spread * spread / times.Count;
        }
        double p = Fraction(metric), step = Math.Sqrt(p * (1 - p) / times.Count);
        double width = Math.Log(times.Percentile(Math.Min(p + step, 1)) / times.Percentile(p - step)) / 2;
        return width * width;
    }
}
