namespace Onrush.Cluster.Tests.Coordinating;

/// <summary>A coordinator's end of a bus on which nothing is read before this candidate has appended something: as long as a log takes to be read.</summary>
internal sealed class LateReaderBus(ICoordinatorBus inner) : ICoordinatorBus
{
    private readonly List<Action> _readers = [];
    private readonly List<IDisposable> _reading = [];

    /// <summary>What it has appended.</summary>
    public List<ClusterRecord> Appended { get; } = [];

    public string Candidate => inner.Candidate;

    public IReadOnlyList<WorkerPresence> Presence => inner.Presence;

    public Task<ILeadership> LeadAsync(CancellationToken cancel) => inner.LeadAsync(cancel);

    public async Task AppendAsync(ClusterRecord record, CancellationToken cancel)
    {
        Appended.Add(record);
        await inner.AppendAsync(record, cancel);
        foreach (var read in _readers)
            read();
        _readers.Clear();
    }

    public IDisposable Read(long fromOffset, Action<LogRecord> onRecord)
    {
        _readers.Add(() => _reading.Add(inner.Read(fromOffset, onRecord)));
        return new MemoryStream();
    }

    public void Release(long offset) => inner.Release(offset);

    public void Broadcast(CoordinatorMessage message) => inner.Broadcast(message);

    public void SendTo(string worker, CoordinatorMessage message) => inner.SendTo(worker, message);

    public Task OfferAsync(SharedContents contents, CancellationToken cancel) => inner.OfferAsync(contents, cancel);

    public async ValueTask DisposeAsync()
    {
        foreach (var reading in _reading)
            reading.Dispose();
        await inner.DisposeAsync();
    }
}
