namespace Onrush.Runs.Analysis;

/// <summary>Puts the cause first: what another finding explains comes after all that nothing explains; then by severity, then by kind.</summary>
internal static class FindingOrder
{
    /// <summary>The findings in the order in which they are shown.</summary>
    public static IReadOnlyList<Finding> Of(IEnumerable<Finding> findings)
    {
        List<Finding> all = [.. findings.OrderByDescending(f => f.Severity).ThenBy(f => FindingKind.PlaceOf(f.Id))];
        // A note explains no problem: only what is as grave as a doubt is taken for a cause.
        var explained = all.Where(f => f.Severity > FindingSeverity.Info).SelectMany(f => FindingKind.Find(f.Id)?.Explains ?? []).ToHashSet();
        return [.. all.Where(f => !explained.Contains(f.Id)), .. all.Where(f => explained.Contains(f.Id))];
    }
}
