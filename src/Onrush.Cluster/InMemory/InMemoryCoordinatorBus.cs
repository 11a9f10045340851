namespace Onrush.Cluster;

/// <summary>A coordinator's end of an <see cref="InMemoryCluster"/>.</summary>
internal sealed class InMemoryCoordinatorBus(InMemoryCluster cluster, string candidate) : ICoordinatorBus
{
    private readonly TaskCompletionSource<ILeadership> _leads = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _lost = new();
    private readonly List<IDisposable> _readers = [];
    private bool _killed;

    public string Candidate => candidate;

    public IReadOnlyList<WorkerPresence> Presence => cluster.Presence;

    public Task<ILeadership> LeadAsync(CancellationToken cancel)
    {
        cluster.Stand(this);
        return _leads.Task.WaitAsync(cancel);
    }

    public Task AppendAsync(ClusterRecord record, CancellationToken cancel)
    {
        if (_killed)
            return Task.FromException(new BusException("this candidate is gone"));
        cluster.Append(record);
        return Task.CompletedTask;
    }

    public IDisposable Read(long fromOffset, Action<LogRecord> onRecord)
    {
        var reader = cluster.Read(fromOffset, onRecord);
        lock (_readers)
            _readers.Add(reader);
        return reader;
    }

    public void Release(long offset) => cluster.Release(offset);

    public void Broadcast(CoordinatorMessage message)
    {
        if (!_killed)
            cluster.Send(null, message);
    }

    public void SendTo(string worker, CoordinatorMessage message)
    {
        if (!_killed)
            cluster.Send(worker, message);
    }

    public Task OfferAsync(SharedContents contents, CancellationToken cancel)
    {
        cluster.Offer(contents);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _killed = true;
        lock (_readers)
        {
            foreach (var reader in _readers)
                reader.Dispose();
        }

        _lost.Cancel();
        cluster.StandDown(this);
        return ValueTask.CompletedTask;
    }

    internal void BecomeLeader() => _leads.TrySetResult(new Leadership(this));

    private sealed class Leadership(InMemoryCoordinatorBus bus) : ILeadership
    {
        public CancellationToken Lost => bus._lost.Token;

        public ValueTask DisposeAsync()
        {
            bus._lost.Cancel();
            bus.StandDown();
            return ValueTask.CompletedTask;
        }
    }

    private void StandDown() => cluster.StandDown(this);
}
