using Onrush.Cli.Terminal;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;

namespace Onrush.Cli.Commands.Kept;

/// <summary>A run as its journal tells it: what every kind of report and export is made from.</summary>
/// <param name="Found">Which one.</param>
/// <param name="Folded">Everything in its journal.</param>
/// <param name="Last">The run at its end, or as far as the journal goes.</param>
/// <param name="Verdict">What it comes to.</param>
internal sealed record KeptRun(FoundRun Found, FoldedRun Folded, RunSnapshot Last, Verdict Verdict)
{
    /// <summary>Reads a run, and shows how far it is when that takes long.</summary>
    /// <exception cref="JournalException">It cannot be read.</exception>
    public static KeptRun Read(FoundRun found, CommandHost host)
    {
        try
        {
            using Stream journal = ReadProgress.Over(found.Open(), host, found.Text);
            FoldedRun folded = JournalFold.Read(journal);
            return new KeptRun(found, folded, folded.Snapshot(), VerdictOf(folded.Fold, found));
        }
        catch (Exception e) when (e is JournalException or IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"run {found.Text}: {e.Message}");
        }
    }

    /// <summary>What a run comes to: as it was judged, or that it was not.</summary>
    public static Verdict VerdictOf(JournalFold fold, FoundRun found) => fold.Verdict switch
    {
        { } verdict => new Verdict(verdict.ExitCode, verdict.Text),
        null when found.IsRunning => new Verdict(ExitCodes.Success, "RUNNING: the figures are those up to now."),
        _ => new Verdict(ExitCodes.Failed, "UNFINISHED: the run was ended before it could be judged; the figures are those up to its last second."),
    };
}
