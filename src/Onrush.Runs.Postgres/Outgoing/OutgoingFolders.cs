using Onrush.Runs.Store;

namespace Onrush.Runs.Postgres.Outgoing;

/// <summary>Runs on their way to a store, in folders like those of runs that are kept here, each with a note of where it goes.</summary>
/// <param name="root">Folder of the folders.</param>
/// <param name="store">The store, for people: runs for another one are left alone.</param>
/// <param name="time">Clock.</param>
internal sealed class OutgoingFolders(string root, string store, TimeProvider time)
{
    private readonly RunFolders _folders = new(root, time);

    /// <summary>Makes room for a run.</summary>
    /// <exception cref="IOException">There is no place for it.</exception>
    public NewRun Create(string name, OutgoingNote note) => Noted(_folders.Create(name), note);

    /// <summary>Makes room for what follows of a run that is in the store.</summary>
    /// <exception cref="IOException">There is no place for it, or what was before it still waits here.</exception>
    public NewRun Continue(StoredRun run, OutgoingNote note) => Noted(_folders.Create(new RunName(run.Created, run.Name, run.Id)), note);

    /// <summary>Sends what processes that have ended could not, and says what became of it.</summary>
    /// <param name="rows">Where to.</param>
    /// <param name="tell">Takes a sentence for each.</param>
    public void SendLeft(JournalRows rows, Action<string> tell)
    {
        foreach (var run in _folders.List().Reverse())
            if (!run.IsRunning && OutgoingNote.Read(run.Place) is { } note && note.Store == store && RunFolders.TryLock(run.Place) is { } held)
                using (held)
                    SendOne(run, note, rows, tell);
    }

    /// <summary>Takes a folder away.</summary>
    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Everything of it is in the store. Whoever looks here next sends nothing and tries again.
        }
    }

    private static NewRun Noted(NewRun run, OutgoingNote note)
    {
        try
        {
            note.Write(run.Run.Place);
            return run;
        }
        catch
        {
            run.Journal.Dispose();
            run.Lock.Dispose();
            Remove(run.Run.Place);
            throw;
        }
    }

    private void SendOne(StoredRun run, OutgoingNote note, JournalRows rows, Action<string> tell)
    {
        try
        {
            new JournalSender(rows, run.Id, Path.Combine(run.Place, RunFolders.JournalName), note, time).Send(complete: true);
            tell($"Run {run.Id}, which waited here, was sent to {store}.");
            Remove(run.Place);
        }
        catch (RefusedException refused)
        {
            OutgoingNote.Delete(run.Place);
            tell($"Run {run.Id} waited in {run.Place}, but {store} does not take it: {refused.Message}. It stays there and is not tried again.");
        }
        catch (IOException exception)
        {
            tell($"Run {run.Id} waits in {run.Place} and could not be sent: {exception.Message}");
        }
    }
}
