namespace Onrush.Cluster;

/// <summary>
/// A coordinator's end of a bus. One bus carries one cluster: one log in one order, any number of workers, one or several candidates of which one leads.
/// <code>
/// append        completes when the record survives the death of whoever leads; until then it may or may not be in the log
/// read          every record from an offset on, in the order of the log, each at least once with the same offset
/// release       everything up to an offset is kept elsewhere: what only the leader can vouch for is confirmed by it, and the bus may forget it
/// broadcast     to every worker that is connected now, in order; who is away misses it and says hello when it is back
/// send          to one worker, likewise
/// presence      when each worker was heard last, by a beat of its own that nothing else of it can hold up
/// lead          one candidate at a time as far as the bus can tell; what makes it certain is the epoch that the leader claims in the log
/// </code>
/// Any thread may call it. Handlers are called one at a time and are short. A connection that is lost is the bus's own to make anew.
/// </summary>
internal interface ICoordinatorBus : IAsyncDisposable
{
    /// <summary>Name of this candidate; no other has it, not even the same machine after a restart.</summary>
    string Candidate { get; }

    /// <summary>Workers that are or were connected, with the time they were heard.</summary>
    IReadOnlyList<WorkerPresence> Presence { get; }

    /// <summary>Completes when this candidate is the one that leads.</summary>
    Task<ILeadership> LeadAsync(CancellationToken cancel);

    /// <summary>Appends a record.</summary>
    /// <exception cref="BusException">Whether it is in the log is not known.</exception>
    Task AppendAsync(ClusterRecord record, CancellationToken cancel);

    /// <summary>Hands over every record from an offset on, those that are there and those that come, until it is disposed.</summary>
    /// <param name="fromOffset">The first; what was released before may be missing.</param>
    /// <param name="onRecord">Takes them, one at a time.</param>
    IDisposable Read(long fromOffset, Action<LogRecord> onRecord);

    /// <summary>Says that everything up to an offset is kept elsewhere.</summary>
    void Release(long offset);

    /// <summary>Sends to all workers that are connected.</summary>
    void Broadcast(CoordinatorMessage message);

    /// <summary>Sends to one worker.</summary>
    void SendTo(string worker, CoordinatorMessage message);

    /// <summary>Keeps contents that workers may fetch by their hash.</summary>
    /// <param name="contents">At most 64 MiB.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Completes when every worker can fetch it.</returns>
    Task OfferAsync(SharedContents contents, CancellationToken cancel);
}
