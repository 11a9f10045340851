using System.Globalization;

namespace Onrush.Runs;

/// <summary>Turns run state into findings, the gravest first.</summary>
internal static class RunAnalysis
{
    /// <summary>What one picture of a run shows.</summary>
    public static IReadOnlyList<Finding> Findings(RunSnapshot run) =>
        [.. Counts(run).Concat(Generator(run)).Concat(Warnings(run)).OrderByDescending(f => f.Severity)];

    private static IEnumerable<Finding> Counts(RunSnapshot run)
    {
        if (!run.Conservation.Holds)
        {
            yield return new Finding("counts", FindingSeverity.Problem, "The counts do not agree", string.Join(" ", run.Conservation.Errors));
        }
    }

    private static IEnumerable<Finding> Generator(RunSnapshot run)
    {
        if (run.Generator is not { IsBound: true } health)
            yield break;
        yield return new Finding("generator-bound", FindingSeverity.Warning, "The generator was the limit", health.Text + " Add a worker or lower the load.")
        {
            Evidence =
            [
                new("Generator-bound seconds", health.BoundSeconds.ToString(CultureInfo.InvariantCulture)),
                new("Busy, on average", string.Create(CultureInfo.InvariantCulture, $"{health.AverageBusyPercent:0} %")),
            ],
            FromSeconds = health.BoundSpans.Count > 0 ? health.BoundSpans[0].From.TotalSeconds : null,
            ToSeconds = health.BoundSpans.Count > 0 ? health.BoundSpans[^1].To.TotalSeconds : null,
            Link = "docs/symptoms/generator-bound.md",
        };
    }

    private static IEnumerable<Finding> Warnings(RunSnapshot run) =>
        run.Warnings.Select((text, i) => new Finding($"warning-{i + 1}", FindingSeverity.Warning, "Worth knowing", text));
}
