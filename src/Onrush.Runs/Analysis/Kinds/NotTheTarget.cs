namespace Onrush.Runs.Analysis;

/// <summary>Answers behind which there is little work: redirects that are not followed, and "not modified".</summary>
internal static class NotTheTarget
{
    private const int Fewest = 20;
    private const double LeastShare = 0.1;

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        var all = analysed.Run.Aggregated;
        double responses = all.Statuses.Sum(s => s.Count);
        double redirects = all.Statuses.Where(s => s.Status is 301 or 302 or 303 or 307 or 308).Sum(s => s.Count), cached = all.Statuses.Where(s => s.Status == 304).Sum(s => s.Count);
        if (redirects >= Fewest && redirects >= responses * LeastShare)
        {
            yield return new Finding(
                FindingKind.Redirects, FindingSeverity.Warning, "Many responses are redirects",
                $"{Say.Percent(redirects / responses)} of the responses were redirects ({Statuses(all, s => s is >= 300 and < 400 and not 304)}) that were not followed: the page behind them was not asked for. A login or a missing slash often hides the target so.")
            {
                Evidence = [.. all.Statuses.Select(s => new FindingEvidence(s.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), Say.Count(s.Count)))],
            };
        }

        if (cached >= Fewest && cached >= responses * LeastShare)
        {
            yield return new Finding(
                FindingKind.Caching, FindingSeverity.Warning, "Many responses are 304",
                $"{Say.Percent(cached / responses)} of the responses were 304, not modified: the target compared a date or a tag and did not do the work behind it. Leave the conditional headers out to measure that.")
            {
                Evidence = [.. all.Statuses.Select(s => new FindingEvidence(s.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), Say.Count(s.Count)))],
            };
        }
    }

    private static string Statuses(SeriesRow all, Func<int, bool> which) => string.Join(", ", all.Statuses.Where(s => which(s.Status)).Select(s => s.Status));
}
