namespace Onrush.Runs.Results;

/// <summary>A run that is over, as the result files tell it.</summary>
/// <param name="Run">What it gave.</param>
/// <param name="About">What was run.</param>
/// <param name="Verdict">What it comes to.</param>
internal sealed record RunResult(RunSnapshot Run, AboutDocument About, VerdictDocument Verdict)
{
    /// <summary>The same as a document.</summary>
    public RunDocument Document => RunDocumentBuilder.Build(Run, About, Verdict);
}
