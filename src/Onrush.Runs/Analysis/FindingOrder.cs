namespace Onrush.Runs.Analysis;

/// <summary>Puts the cause first: what another finding explains comes after all that nothing explains; then by severity, then by kind.</summary>
internal static class FindingOrder
{
    /// <summary>The findings in the order in which they are shown.</summary>
    public static IReadOnlyList<Finding> Of(IEnumerable<Finding> findings)
    {
        List<Finding> all = [.. findings.OrderByDescending(f => f.Severity).ThenBy(PlaceOf)];
        var explained = all.Where(IsCause).SelectMany(f => FindingKind.Find(f.Id)?.Explains ?? []).ToHashSet();
        return [.. all.Where(f => !explained.Contains(f.Id)), .. all.Where(f => explained.Contains(f.Id))];
    }

    // A generator that was late now and then did not limit the run: it may be why something stood still for a moment, but not why throughput stands still.
    private static double PlaceOf(Finding finding) => finding is { Id: FindingKind.GeneratorBound, Severity: < FindingSeverity.Problem }
        ? FindingKind.PlaceOf(FindingKind.AcceptQueue) + 0.5
        : FindingKind.PlaceOf(finding.Id);

    // A note explains no problem, and a generator that was late now and then does not explain what the target does.
    private static bool IsCause(Finding finding) => finding.Severity > (finding.Id == FindingKind.GeneratorBound ? FindingSeverity.Warning : FindingSeverity.Info);
}
