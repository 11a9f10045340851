using Onrush.Runs.Journal;

namespace Onrush.Runs.Store;

/// <summary>
/// Runs in folders, one each, with the file <c>journal</c> in it, and the file <c>lock</c> while the run goes on. The lock is the system's: it ends with
/// the process, whatever becomes of the file.
/// </summary>
/// <param name="root">Folder of the folders; made when the first run is.</param>
/// <param name="time">Clock that the runs are named by.</param>
internal sealed class RunFolders(string root, TimeProvider time) : IRunStore
{
    /// <summary>Name of the file with the journal.</summary>
    public const string JournalName = "journal";

    private const string BaselineName = "baseline";
    private const string LockName = "lock";
    private const int Attempts = 10;

    /// <inheritdoc/>
    public NewRun Create(string name)
    {
        for (var attempt = 1; ; attempt++)
        {
            var run = RunName.Of(time.GetUtcNow(), name, Random.Shared);
            if (!Directory.Exists(Path.Combine(root, run.ToString())) || attempt >= Attempts)
                return Create(run);
        }
    }

    /// <summary>Makes room for a run whose name is known.</summary>
    /// <exception cref="IOException">There is one of that name, or no place for it.</exception>
    public NewRun Create(RunName run)
    {
        var folder = Path.Combine(root, run.ToString());
        Directory.CreateDirectory(folder);
        // First the lock: what has no journal is no run yet, and nobody deletes it.
        var held = new FileStream(
            Path.Combine(folder, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        try
        {
            var journal = FileJournal.Create(Path.Combine(folder, JournalName));
            return new NewRun(new StoredRun(run.Id, run.Name, run.Created, folder, 0, IsRunning: true), journal, held) { Open = () => OpenFile(JournalOf(folder)) };
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public NewRun Continue(StoredRun run)
    {
        var held = TryLock(run.Place) ?? throw new IOException($"run {run.Id} goes on: the process that writes it has not ended");
        try
        {
            return new NewRun(run with { IsRunning = true }, FileJournal.Continue(JournalOf(run.Place)), held) { Open = () => OpenFile(JournalOf(run.Place)) };
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredRun> List()
    {
        if (!Directory.Exists(root))
            return [];
        return [.. Directory.EnumerateDirectories(root)
            .Select(Of).OfType<StoredRun>()
            .OrderByDescending(run => run.Created).ThenByDescending(run => File.GetCreationTimeUtc(JournalOf(run.Place))).ThenBy(run => run.Id, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public Stream Open(StoredRun run) => OpenFile(JournalOf(run.Place));

    /// <inheritdoc/>
    public string? Baseline
    {
        get
        {
            try
            {
                return File.ReadAllText(Path.Combine(root, BaselineName)).Trim() is { Length: > 0 } id ? id : null;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public void SetBaseline(StoredRun run) => Results.AtomicFile.Write(Path.Combine(root, BaselineName), run.Id + "\n");

    /// <inheritdoc/>
    public bool Delete(StoredRun run)
    {
        if (IsLocked(run.Place))
            return false;
        // The journal first: without it the folder is no run any more. A file that somebody put there stays, and the folder with it.
        File.Delete(JournalOf(run.Place));
        File.Delete(Path.Combine(run.Place, LockName));
        if (!Directory.EnumerateFileSystemEntries(run.Place).Any())
            Directory.Delete(run.Place);
        return true;
    }

    /// <summary>The run in a folder; null when there is none.</summary>
    public static StoredRun? Of(string folder)
    {
        var journal = new FileInfo(JournalOf(folder));
        if (!journal.Exists || !RunName.TryParse(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), out var name))
            return null;
        return new StoredRun(name.Id, name.Name, name.Created, folder, journal.Length, IsLocked(folder));
    }

    /// <summary>Opens a journal to read, also one that is being written.</summary>
    public static Stream OpenFile(string path) =>
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 << 10);

    /// <summary>Takes the lock of a run whose process has ended; null when somebody has it.</summary>
    public static IDisposable? TryLock(string folder)
    {
        try
        {
            return new FileStream(
                Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string JournalOf(string folder) => Path.Combine(folder, JournalName);

    private static bool IsLocked(string folder)
    {
        try
        {
            // Shared, so that two who look at once do not take each other for the run.
            using var probe = new FileStream(Path.Combine(folder, LockName), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
