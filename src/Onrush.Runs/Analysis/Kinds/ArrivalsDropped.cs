namespace Onrush.Runs.Analysis;

/// <summary>Scheduled iterations that were never started, since no user was free.</summary>
internal static class ArrivalsDropped
{
    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        RunSecond[] dropping = [.. analysed.Points.Where(p => p.ArrivalsDropped > 0)];
        double dropped = dropping.Sum(p => p.ArrivalsDropped), due = analysed.Points.Sum(p => p.ArrivalsStarted + p.ArrivalsDropped);
        if (dropped < 5 || dropped < due * 0.01)
            yield break;
        yield return new Finding(
            FindingKind.ArrivalsDropped, dropped > due * 0.1 ? FindingSeverity.Problem : FindingSeverity.Warning, "Not every due iteration was started",
            $"{Say.Count(dropped)} of {Say.Count(due)} due iterations ({Say.Percent(dropped / due)}) were dropped, from {Say.Clock(dropping[0].StartSecond)} on, because all users were busy. "
                + "The target saw less load than was asked for: raise the scenario's users, or lower the rate.")
        {
            Evidence = [new("Due", Say.Count(due)), new("Dropped", Say.Count(dropped)), new("Users, at most", Say.Count(analysed.MostUsers))],
            FromSeconds = dropping[0].StartSecond,
            ToSeconds = AnalysedRun.End(dropping[^1]),
            Charts = [FindingChart.Arrivals, FindingChart.Times],
        };
    }
}
