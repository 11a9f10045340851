using Onrush.Runs.Journal;

namespace Onrush.Runs.Store;

/// <summary>Where runs are kept: each is its journal and nothing that could disagree with it. Any thread may call it.</summary>
internal interface IRunStore
{
    /// <summary>Makes room for a run that is about to start.</summary>
    /// <param name="name">Name of the load test, for people.</param>
    /// <exception cref="IOException">There is no place for it.</exception>
    NewRun Create(string name);

    /// <summary>Goes on with a run whose process has ended: what is written comes behind what is there.</summary>
    /// <exception cref="IOException">Its process goes on, or there is no such run any more.</exception>
    /// <exception cref="JournalException">Its journal is none that could be written on.</exception>
    NewRun Continue(StoredRun run);

    /// <summary>The runs that are kept, newest first.</summary>
    IReadOnlyList<StoredRun> List();

    /// <summary>The journal of a run, from its beginning; of a run that goes on, up to now.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    Stream Open(StoredRun run);

    /// <summary>Id of the run that others are compared with; null when none was named.</summary>
    string? Baseline { get; }

    /// <summary>Names the run that others are compared with. It is not let go with old runs.</summary>
    /// <exception cref="IOException">That cannot be written down.</exception>
    void SetBaseline(StoredRun run);

    /// <summary>Deletes a run. False, and no change, when it goes on.</summary>
    bool Delete(StoredRun run);
}

/// <summary>A run that is kept.</summary>
/// <param name="Id">What tells it from all others: eight hexadecimal digits.</param>
/// <param name="Name">Name of the load test, shortened to letters, digits and dashes.</param>
/// <param name="Created">When it was started.</param>
/// <param name="Place">Where it is, for people.</param>
/// <param name="Bytes">Length of its journal in bytes.</param>
/// <param name="IsRunning">True while it goes on.</param>
internal sealed record StoredRun(string Id, string Name, DateTimeOffset Created, string Place, long Bytes, bool IsRunning);

/// <summary>A run for which room was made.</summary>
/// <param name="Run">What it is.</param>
/// <param name="Journal">Where its journal goes.</param>
/// <param name="Lock">Keeps it from being deleted; released at its end, or with the process.</param>
internal sealed record NewRun(StoredRun Run, IJournalFile Journal, IDisposable Lock)
{
    /// <summary>Opens its journal as far as it is written, also while it goes on.</summary>
    public required Func<Stream> Open { get; init; }

    /// <summary>Says, when the journal is closed, why the run is not where it was to be kept, and what to do; null when it is there.</summary>
    public Func<string?> Missing { get; init; } = () => null;
}
