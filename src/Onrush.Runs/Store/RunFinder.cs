using Onrush.Runs.Journal;

namespace Onrush.Runs.Store;

/// <summary>Finds the run that a person means.</summary>
internal static class RunFinder
{
    /// <summary>The word for the newest run.</summary>
    public const string Latest = "latest";

    /// <summary>The word for the run that others are compared with.</summary>
    public const string Baseline = "baseline";

    private const int MostNamed = 5;

    /// <summary>Finds a run by <c>latest</c> or <c>baseline</c>, by the beginning of its id, by the name of its folder or by a path to the folder or the journal.</summary>
    /// <param name="store">Where runs are kept.</param>
    /// <param name="text">What was said.</param>
    /// <param name="directory">Folder that paths start from.</param>
    /// <exception cref="JournalException">There is no such run, or there are several.</exception>
    public static FoundRun Find(IRunStore store, string text, string directory)
    {
        var path = Path.GetFullPath(text, directory);
        if (File.Exists(path))
            return new FoundRun(text, RunFolders.Of(Path.GetDirectoryName(path)!), () => RunFolders.OpenFile(path));
        if (File.Exists(Path.Combine(path, RunFolders.JournalName)))
            return new FoundRun(text, RunFolders.Of(path), () => RunFolders.OpenFile(Path.Combine(path, RunFolders.JournalName)));
        var runs = store.List();
        if (runs.Count == 0)
            throw new JournalException("there are no runs here; --run-dir or --store names another place");
        if (text == Latest)
            return Of(runs[0], store);
        if (text == Baseline)
        {
            var baseline = store.Baseline ?? throw new JournalException("no baseline was named; 'onrush baseline set RUN' does");
            return Of(runs.FirstOrDefault(run => run.Id == baseline) ?? throw new JournalException($"the baseline, run {baseline}, is gone; 'onrush baseline set RUN' names another"), store);
        }
        var meant = runs.Where(run => run.Id.StartsWith(text, StringComparison.OrdinalIgnoreCase) || Path.GetFileName(run.Place) == text).ToList();
        return meant.Count switch
        {
            1 => Of(meant[0], store),
            0 => throw new JournalException($"there is no run '{text}'; 'onrush runs' lists them"),
            _ => throw new JournalException(
                $"'{text}' may be {string.Join(", ", meant.Take(MostNamed).Select(run => run.Id))}{(meant.Count > MostNamed ? " and others" : "")}: say more of it"),
        };
    }

    private static FoundRun Of(StoredRun run, IRunStore store) => new(run.Id, run, () => store.Open(run));
}

/// <summary>A run that was found.</summary>
/// <param name="Text">What to call it in messages.</param>
/// <param name="Run">What is known of it; null for a journal that lies somewhere.</param>
/// <param name="Open">Opens its journal.</param>
internal sealed record FoundRun(string Text, StoredRun? Run, Func<Stream> Open)
{
    /// <summary>True while the run goes on.</summary>
    public bool IsRunning => Run is { IsRunning: true };
}
