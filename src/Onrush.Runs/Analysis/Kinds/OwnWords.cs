namespace Onrush.Runs.Analysis;

/// <summary>What the run itself knows to be wrong: counts that do not agree, and its warnings.</summary>
internal static class OwnWords
{
    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        if (!analysed.Run.Conservation.Holds)
            yield return new Finding(FindingKind.Counts, FindingSeverity.Problem, "The counts do not agree", string.Join(" ", analysed.Run.Conservation.Errors));
        for (int i = 0; i < analysed.Run.Warnings.Count; i++)
            yield return new Finding($"warning-{i + 1}", FindingSeverity.Warning, "Worth knowing", analysed.Run.Warnings[i]);
    }
}
