namespace Onrush.Runs.Journal;

/// <summary>A run as its journal tells it.</summary>
/// <param name="Fold">What the journal gave.</param>
/// <param name="Torn">True when the journal ends in the middle of a frame, as it does when the process was killed while it wrote.</param>
/// <param name="Problems">What is wrong with the journal, one sentence each; empty when all is well.</param>
internal sealed record FoldedRun(JournalFold Fold, bool Torn, IReadOnlyList<string> Problems)
{
    /// <summary>Totals and course of the run.</summary>
    public RunState State => Fold.State;

    /// <summary>What the run was started with; null when the journal does not say.</summary>
    public RunPlan? Plan => Fold.Plan;

    /// <summary>The result; null when the run goes on or was killed.</summary>
    public RunVerdict? Verdict => Fold.Verdict;

    /// <summary>Lines of the log, oldest first.</summary>
    public IReadOnlyList<LogLine> Lines => Fold.Lines;

    /// <summary>The run as it stood at the last picture.</summary>
    /// <exception cref="JournalException">There is none to be had.</exception>
    public RunSnapshot Snapshot() => Fold.Snapshot();
}
