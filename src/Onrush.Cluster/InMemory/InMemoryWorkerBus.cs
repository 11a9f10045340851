namespace Onrush.Cluster;

/// <summary>A worker's end of an <see cref="InMemoryCluster"/>. What is appended while it is cut off fails, as it does on a network.</summary>
internal sealed class InMemoryWorkerBus : IWorkerBus
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly InMemoryCluster _cluster;
    private readonly Duties<Action<IWorkerBusHandler>> _calls;
    private IWorkerBusHandler? _handler;
    private ITimer? _beat;
    private bool _cut;

    public InMemoryWorkerBus(InMemoryCluster cluster, string worker)
    {
        (_cluster, Worker) = (cluster, worker);
        _calls = new Duties<Action<IWorkerBusHandler>>(call => call(_handler!));
    }

    public string Worker { get; }

    public bool IsConnected => _handler is not null && !Volatile.Read(ref _cut);

    public void Start(IWorkerBusHandler handler)
    {
        _handler = handler;
        _cluster.Add(this);
        _cluster.Heard(Worker, connected: true);
        _beat = _cluster.Time.CreateTimer(_ => OnBeat(), null, Beat, Beat);
        _calls.Post(static h => h.OnConnected());
    }

    public Task AppendAsync(ClusterRecord record, CancellationToken cancel)
    {
        if (!IsConnected)
            return Task.FromException(new BusException("there is no connection"));
        _cluster.Append(record);
        return Task.CompletedTask;
    }

    public Task<long> AskTimeAsync(CancellationToken cancel) =>
        IsConnected ? Task.FromResult(_cluster.ClockNow) : Task.FromException<long>(new BusException("there is no connection"));

    public Task<SharedContents> FetchAsync(string hash, CancellationToken cancel) => IsConnected && _cluster.Find(hash) is { } contents
        ? Task.FromResult(contents)
        : Task.FromException<SharedContents>(new BusException($"nobody offers {hash}"));

    public ValueTask DisposeAsync()
    {
        _beat?.Dispose();
        _cluster.Remove(this);
        return ValueTask.CompletedTask;
    }

    internal void Take(CoordinatorMessage message)
    {
        if (IsConnected)
            _calls.Post(handler => handler.OnMessage(message));
    }

    internal void Cut()
    {
        if (Interlocked.Exchange(ref _cut, true))
            return;
        _cluster.Heard(Worker, connected: false);
        _calls.Post(static handler => handler.OnDisconnected("the connection was cut"));
    }

    internal void Mend()
    {
        if (!Interlocked.Exchange(ref _cut, false))
            return;
        _cluster.Heard(Worker, connected: true);
        _calls.Post(static handler => handler.OnConnected());
    }

    private void OnBeat()
    {
        if (IsConnected)
            _cluster.Heard(Worker, connected: true);
    }
}
