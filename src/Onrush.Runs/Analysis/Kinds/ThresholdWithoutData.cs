namespace Onrush.Runs.Analysis;

/// <summary>Thresholds about something that never happened.</summary>
internal static class ThresholdWithoutData
{
    private const double Patience = 30;

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        if (!analysed.IsOver && analysed.Run.RunTime.TotalSeconds < Patience)
            yield break;
        RuleRow[] rules = [.. analysed.Run.Rules.Where(r => r.Kind == RuleKind.Threshold && r.Value is null && r.Passed != true)];
        if (rules.Length == 0)
            yield break;
        yield return new Finding(
            FindingKind.NoData, FindingSeverity.Warning, rules.Length == 1 ? "A threshold has no data" : "Thresholds have no data",
            $"Nothing was measured for {string.Join(", ", rules.Take(3).Select(r => $"'{r.Subject}'"))}{(rules.Length > 3 ? $" and {rules.Length - 3} more" : "")}: a name or tag is not what the load test uses, or that part of it never ran. "
                + "At the end of the run such a threshold counts as broken.")
        {
            Evidence = [.. rules.Take(5).Select(r => new FindingEvidence(r.Subject, r.Expression))],
        };
    }
}
