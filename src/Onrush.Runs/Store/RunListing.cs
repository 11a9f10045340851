using Onrush.Runs.Journal;

namespace Onrush.Runs.Store;

/// <summary>A run in a list of runs.</summary>
/// <param name="Run">What it is.</param>
/// <param name="Plan">What it was started with; null when its journal does not say.</param>
/// <param name="Figures">Its figures; null when there are none.</param>
/// <param name="Verdict">Its result; null while it goes on, and when it was killed.</param>
/// <param name="Problem">Why its journal cannot be read; null when it can.</param>
internal sealed record RunListing(StoredRun Run, RunPlan? Plan, RunFigures? Figures, RunVerdict? Verdict, string? Problem)
{
    // Behind the verdict there are a few lines of the log at most.
    private const int Tail = 64 << 10;

    /// <summary>
    /// Reads what a list shows. The plan stands at the beginning of a journal and the verdict, with the figures, at its end; only when there is no
    /// verdict the whole is folded.
    /// </summary>
    public static RunListing Read(IRunStore store, StoredRun run)
    {
        try
        {
            using var journal = store.Open(run);
            var first = new JournalReader(journal).Next();
            if (LastVerdict(journal) is { Figures: not null } verdict && first is PlanEntry { Plan: var plan })
                return new RunListing(run, plan, verdict.Figures, verdict, null);
            journal.Position = 0;
            var folded = JournalFold.Read(journal);
            return new RunListing(run, folded.Plan, folded.Verdict?.Figures ?? RunFigures.Of(folded.Snapshot()), folded.Verdict, null);
        }
        catch (Exception exception) when (exception is JournalException or IOException or UnauthorizedAccessException)
        {
            return new RunListing(run, null, null, null, exception.Message);
        }
    }

    private static RunVerdict? LastVerdict(Stream journal)
    {
        journal.Position = Math.Max(JournalFormat.HeaderSize, journal.Length - Tail);
        var reader = new JournalReader(journal, fromMiddle: true);
        RunVerdict? verdict = null;
        while (reader.Next() is { } entry)
            verdict = entry is VerdictEntry judged ? judged.Verdict : verdict;
        return verdict;
    }
}
