namespace Onrush.Runs.Analysis;

/// <summary>Seconds in which everything is slow and that come again and again at the same distance: a garbage collector, a job that a clock starts, a flush.</summary>
internal static class PeriodicPauses
{
    private const int FewestPauses = 4;
    private const int ShortestPeriod = 3;
    private const double LeastMs = 20, LeastCorrelation = 0.25;

    // Where smaller hitches come in between, as on a machine that is shared, only what stands out among them is looked at.
    private static readonly double[] Factors = [3, 8, 20, 60];

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        var points = analysed.Fine;
        if (points.Count < FewestPauses * ShortestPeriod)
            return [];
        double[] slowest = [.. points.Select(Slowest)];
        double usual = Statistics.Median(slowest);
        // Where hitches of the machine come in between, what is at least half as long as the fewest pauses that make a rhythm.
        double largest = slowest.OrderDescending().ElementAt(FewestPauses - 1) / Math.Max(usual, 1e-6) / 2;
        return Finding.Perhaps(Factors.Append(largest).Where(factor => factor >= Factors[0]).Select(factor => Regular(points, slowest, usual, factor)).FirstOrDefault(finding => finding is not null));
    }

    private static Finding? Regular(IReadOnlyList<RunSecond> points, double[] slowest, double usual, double factor)
    {
        List<(int From, int To)> pauses = Pauses(slowest, usual, factor);
        if (pauses.Count < FewestPauses || pauses.Sum(p => p.To - p.From) > points.Count / 2)
            return null;
        double[] gaps = [.. pauses.Zip(pauses.Skip(1), (a, b) => (double)(b.From - a.From))];
        double period = Statistics.Median(gaps);
        // One that was missed leaves a gap of twice the period.
        double slack = Math.Max(1, period * 0.15);
        double[] regular = [.. gaps.Where(gap => Math.Round(gap / period) is >= 1 and <= 2 and var n && Math.Abs(gap - n * period) <= slack)];
        if (period < ShortestPeriod || regular.Length < gaps.Length * 0.8 || points.Count < 3 * period)
            return null;
        double[] smooth = Smooth([.. slowest.Select(ms => Math.Log(Math.Max(ms, usual)))]);
        double alike = Statistics.Autocorrelation(smooth, (int)Math.Round(period));
        if (alike < LeastCorrelation)
            return null;
        double exact = regular.Sum() / regular.Sum(gap => Math.Round(gap / period));
        double length = Statistics.Median(pauses.Select(p => slowest[p.From..p.To].Max()));
        int first = points[pauses[0].From].StartSecond, last = points[pauses[^1].To - 1].StartSecond + 1;
        return new Finding(
            FindingKind.PeriodicPauses, length > 10 * usual ? FindingSeverity.Problem : FindingSeverity.Warning, $"The target pauses every {Say.Seconds(Math.Round(exact, 1))}",
            $"{Say.Plural(pauses.Count, "time")}, every {Say.Seconds(Math.Round(exact, 1))}, requests took up to {Say.Ms(length)} instead of {Say.Ms(usual)}. "
                + "What comes by the clock is started by one: a garbage collection, a scheduled job, a flush to disk, a backup.")
        {
            Evidence =
            [
                new("Pauses", Say.Count(pauses.Count)), new("Period", Say.Seconds(Math.Round(exact, 1))), new("p99 in a pause", Say.Ms(length)), new("p99 otherwise", Say.Ms(usual)),
                new("Autocorrelation at the period", Say.Digits(alike)),
            ],
            FromSeconds = first,
            ToSeconds = last,
            Charts = [FindingChart.Times, FindingChart.Throughput],
        };
    }

    // While nothing comes back, the oldest request tells how slow it is.
    private static double Slowest(RunSecond point) => point.Times.Count > 0 ? point.Times.Percentile(0.99) : point.OldestRequestMs;

    private static List<(int From, int To)> Pauses(double[] slowest, double usual, double factor)
    {
        var pauses = new List<(int From, int To)>();
        for (int i = 0; i < slowest.Length; i++)
        {
            if (slowest[i] < usual * factor || slowest[i] < usual + LeastMs)
                continue;
            if (pauses.Count > 0 && pauses[^1].To == i)
                pauses[^1] = (pauses[^1].From, i + 1);
            else
                pauses.Add((i, i + 1));
        }

        return pauses;
    }

    // A pause may lie across the border of two seconds.
    private static double[] Smooth(double[] values) =>
        [.. values.Select((v, i) => (v * 2 + values[Math.Max(0, i - 1)] + values[Math.Min(values.Length - 1, i + 1)]) / 4)];
}
