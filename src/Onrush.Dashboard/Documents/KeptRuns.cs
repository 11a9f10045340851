using System.Runtime.CompilerServices;
using Onrush.Runs;
using Onrush.Runs.Comparison;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;

namespace Onrush.Dashboard;

/// <summary>
/// The runs of the store in the history of the page, beside those of this process. What is over is read once; of whole runs the last two are held, as many as
/// are compared. Any thread may call it.
/// </summary>
/// <param name="store">Where they are.</param>
/// <param name="version">Version of the program.</param>
internal sealed class KeptRuns(IRunStore store, string version)
{
    private const int MostListed = 200;
    private const int MostOpen = 2;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _own = [];
    private readonly ConditionalWeakTable<IRunControl, string> _ids = [];
    private readonly Dictionary<string, RunEntry> _over = [];
    private readonly List<RunView> _open = [];

    /// <summary>Says that a run is one of this process, which shows it itself.</summary>
    /// <param name="id">Its name in the store.</param>
    /// <param name="run">The run.</param>
    public void Hide(string id, IRunControl run)
    {
        lock (_lock)
            _own.Add(id);
        _ids.AddOrUpdate(run, id);
    }

    /// <summary>The name that a run of this process has in the store; null when it is not kept.</summary>
    public string? IdOf(IRunControl run) => _ids.TryGetValue(run, out var id) ? id : null;

    /// <summary>What is compared of a run; null when there is none, or it cannot be read.</summary>
    /// <param name="id">Its name in the store.</param>
    /// <param name="name">What it is called in the result.</param>
    public ComparedRun? Compared(string id, string name)
    {
        try
        {
            if (store.List().FirstOrDefault(run => run.Id == id) is not { } found)
                return null;
            using var journal = store.Open(found);
            return CourseReader.Read(journal, name);
        }
        catch (Exception exception) when (exception is JournalException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The newest runs that can be read, newest first; none while the store is away.</summary>
    public IReadOnlyList<RunEntry> List()
    {
        lock (_lock)
        {
            try
            {
                return [.. store.List().Where(run => !_own.Contains(run.Id)).Take(MostListed).Select(Entry).OfType<RunEntry>()];
            }
            catch (IOException)
            {
                return [];
            }
        }
    }

    /// <summary>All of one run; null when there is none, or it cannot be read.</summary>
    public RunView? Find(string id)
    {
        lock (_lock)
        {
            if (_open.Find(view => view.Id == id) is { } held)
                return held;
            try
            {
                if (store.List().FirstOrDefault(run => run.Id == id) is not { } found)
                    return null;
                using var journal = store.Open(found);
                var folded = JournalFold.Read(journal);
                var view = RunView.OfKept(id, folded, folded.Snapshot(), version);
                if (!found.IsRunning)
                    Hold(view);
                return view;
            }
            catch (Exception exception) when (exception is JournalException or IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    private RunEntry? Entry(StoredRun run)
    {
        if (_over.TryGetValue(run.Id, out var known))
            return known;
        if (RunListing.Read(store, run) is not { Problem: null } listing || RunEntry.Of(listing) is not { } entry)
            return null;
        if (!run.IsRunning)
            _over[run.Id] = entry;
        return entry;
    }

    private void Hold(RunView view)
    {
        _open.Add(view);
        if (_open.Count > MostOpen)
            _open.RemoveAt(0);
    }
}
