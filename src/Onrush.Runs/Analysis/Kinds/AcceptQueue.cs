using Onrush.Measurement;

namespace Onrush.Runs.Analysis;

/// <summary>
/// Connects that took about one, two, three or seven seconds: the first packet was dropped because the target's accept queue was full, and the system
/// sent it again after a second, and again.
/// </summary>
internal static class AcceptQueue
{
    private const double Ns = 1e9;
    private const int Fewest = 5;
    private const double LeastShare = 0.005;

    // Repeated after 1, 3, 7 and 15 s; newer kernels repeat after each of the first seconds.
    private static readonly double[] Steps = [1, 2, 3, 4, 5, 7, 15];

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        var times = analysed.Run.ConnectTimes;
        long connects = 0, slow = 0;
        var steps = new SortedDictionary<double, long>();
        for (int i = times.Buckets.Length - 1; i >= 0 && times.Buckets[i] > 0; i--)
        {
            connects += times.Counts[i];
            double seconds = HistogramLayout.Midpoint(times.Buckets[i]) / Ns;
            if (seconds < 0.5)
                continue;
            slow += times.Counts[i];
            double step = Array.Find(Steps, s => seconds > s - 0.02 && seconds < s + 0.15 + s * 0.03);
            if (step > 0)
                steps[step] = steps.GetValueOrDefault(step) + times.Counts[i];
        }

        // Connects that were cut short by the end of the run took as long as the run lasted, not as long as a step.
        long stepped = Math.Min(steps.Values.Sum(), analysed.Points.Sum(p => p.Stages.SlowConnects));
        if (stepped < Fewest || stepped < connects * LeastShare || stepped < slow * 0.7)
            yield break;
        RunSecond[] points = [.. analysed.Points.Where(p => p.Stages.SlowConnects > 0)];
        yield return new Finding(
            FindingKind.AcceptQueue, stepped > connects * 0.1 ? FindingSeverity.Problem : FindingSeverity.Warning, "The accept queue was full",
            $"{Say.Count(stepped)} of {Say.Plural(connects, "connect")} took {string.Join(", ", steps.Keys.Select(s => Say.Digits(s)))} s instead of {Say.Ms(Typical(times))}: the target did not accept fast enough, its queue was full and the system had to ask again. "
                + "Raise the server's backlog and net.core.somaxconn, accept faster, or keep connections open.")
        {
            Evidence =
            [
                .. steps.Select(s => new FindingEvidence($"Connects of about {Say.Digits(s.Key)} s", Say.Count(s.Value))),
                new("Connects, all", Say.Count(connects)),
                .. analysed.Run.Aggregated.Outcomes.Where(o => o.Outcome == Outcome.ConnectTimeout).Select(o => new FindingEvidence("Connects given up", Say.Count(o.Count))),
            ],
            FromSeconds = points.Length > 0 ? points[0].StartSecond : null,
            ToSeconds = points.Length > 0 ? AnalysedRun.End(points[^1]) : null,
            Charts = [FindingChart.Times, FindingChart.InFlight],
        };
    }

    // The middle of those that were not repeated.
    private static double Typical(HistogramData times)
    {
        long fast = 0, seen = 0;
        int first = times.Buckets.Length > 0 && times.Buckets[0] == 0 ? 1 : 0;
        for (int i = first; i < times.Buckets.Length && HistogramLayout.Midpoint(times.Buckets[i]) < 0.5 * Ns; i++)
            fast += times.Counts[i];
        for (int i = first; i < times.Buckets.Length; i++)
        {
            seen += times.Counts[i];
            if (seen * 2 >= fast)
                return Math.Min(HistogramLayout.Midpoint(times.Buckets[i]) / 1e6, 500);
        }

        return 0;
    }
}
