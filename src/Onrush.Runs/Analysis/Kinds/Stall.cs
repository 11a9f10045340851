namespace Onrush.Runs.Analysis;

/// <summary>Seconds in which next to nothing came back although requests were under way.</summary>
internal static class Stall
{
    private const double Nothing = 0.05, OldestMs = 1500;
    private const int FewestExpected = 10;

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        var points = analysed.Points;
        double usual = Statistics.Median(points.Where(p => p.Requests > 0).Select(p => p.Rps));
        double p99 = analysed.Run.Aggregated.All.MedianMs;
        List<(RunSecond From, RunSecond To)> stalls = [];
        RunSecond? before = null;
        foreach (var point in points)
        {
            bool still = point.InFlight > 0 && point.Rps <= usual * Nothing;
            if (still && before is not null)
                stalls[^1] = (stalls[^1].From, point);
            else if (still)
                stalls.Add((point, point));
            before = still ? point : null;
        }

        stalls = [.. stalls.Where(s => s.To.OldestRequestMs > Math.Max(OldestMs, 3 * p99) && Length(s) >= 2 && Length(s) * Math.Max(usual, s.To.InFlight) >= FewestExpected)];
        if (stalls.Count == 0)
            yield break;
        var longest = stalls.MaxBy(Length);
        bool goesOn = stalls[^1].To == points[^1];
        var shown = goesOn ? stalls[^1] : longest;
        yield return new Finding(
            FindingKind.Stall, goesOn ? FindingSeverity.Problem : FindingSeverity.Warning,
            goesOn ? usual == 0 ? "The target does not answer" : "The target has stopped answering" : "The target stood still",
            goesOn
                ? $"Nothing has come back for {Say.Seconds(Length(shown))}; {Say.Plural(shown.To.InFlight, "request")} wait, the oldest for {Say.Ms(shown.To.OldestRequestMs)}."
                : $"For {Say.Seconds(Length(shown))}, from {Say.Clock(shown.From.StartSecond)}, nothing came back though requests were under way; then it went on.{(stalls.Count > 1 ? $" That happened {Say.Plural(stalls.Count, "time")}." : "")}")
        {
            Evidence =
            [
                new("Stalls", Say.Count(stalls.Count)), new("Longest", Say.Seconds(Length(longest))), new("Requests waiting", Say.Count(shown.To.InFlight)),
                new("Rate otherwise", Say.Rate(usual)),
            ],
            FromSeconds = shown.From.StartSecond,
            ToSeconds = AnalysedRun.End(shown.To),
            Charts = [FindingChart.Throughput, FindingChart.InFlight],
        };
    }

    private static double Length((RunSecond From, RunSecond To) stall) => AnalysedRun.End(stall.To) - stall.From.StartSecond;
}
