using System.Text.Json.Nodes;

namespace Onrush.Runs.Journal;

/// <summary>The result of a run, with the figures that a list of runs shows, so that a list need not read whole journals.</summary>
/// <param name="ExitCode">What the shell was told.</param>
/// <param name="Text">The verdict in a sentence.</param>
/// <param name="Figures">The figures; null when a journal has none.</param>
/// <param name="Details">Whatever else belongs to it, such as the thresholds; as it was written.</param>
internal sealed record RunVerdict(int ExitCode, string Text, RunFigures? Figures = null, JsonObject? Details = null)
{
    /// <summary>True when the run was judged good.</summary>
    public bool Passed => ExitCode == 0;
}
