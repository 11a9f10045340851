using Onrush.Runs.Store;

namespace Onrush.Runs.Postgres.Outgoing;

/// <summary>A run on its way, in a folder of its own here. When it has arrived the folder goes, else it stays for a later command.</summary>
/// <param name="local">The folder, its file and its lock.</param>
/// <param name="journal">Its journal.</param>
/// <param name="store">Where it goes, for people.</param>
internal sealed class OutgoingRun(NewRun local, OutgoingJournal journal, string store) : IDisposable
{
    /// <summary>Why it is not where it was to be kept, and what to do; null when it is. Known when the journal is closed.</summary>
    public string? Missing => journal.State switch
    {
        SendState.Sent => null,
        SendState.Refused => $"{store} does not take this run: {journal.Problem}; it is in {local.Run.Place}",
        _ => $"{store} could not be reached: {journal.Problem ?? "it did not answer in time"}; the run waits in {local.Run.Place}, "
            + "and the next command with this --store sends it",
    };

    /// <summary>Lets the folder go, when it is not needed any more, and the lock.</summary>
    public void Dispose()
    {
        if (journal.State == SendState.Refused)
            OutgoingNote.Delete(local.Run.Place);
        local.Lock.Dispose();
        if (journal.State == SendState.Sent)
            OutgoingFolders.Remove(local.Run.Place);
    }
}
