using Onrush.Measurement;

namespace Onrush.Runs.Analysis;

/// <summary>When something began.</summary>
internal static class Onset
{
    /// <summary>The first point in which requests ended so; null when none did.</summary>
    public static RunSecond? Of(AnalysedRun analysed, IReadOnlyList<Outcome> outcomes) =>
        analysed.Points.FirstOrDefault(p => outcomes.Any(outcome => p.Stages[outcome] > 0));
}
