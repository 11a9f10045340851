namespace Onrush.Cluster;

/// <summary>
/// A worker's end of a bus. It dials out, keeps at it when nobody answers, and beats once a second from a thread of its own while it is connected. Any thread
/// may call it. What the words promise stands at <see cref="ICoordinatorBus"/>.
/// </summary>
internal interface IWorkerBus : IAsyncDisposable
{
    /// <summary>Name of this worker; no other has it, not even the same machine after a restart.</summary>
    string Worker { get; }

    /// <summary>Whether it is connected.</summary>
    bool IsConnected { get; }

    /// <summary>Connects, and goes on connecting whenever the connection is lost, until it is disposed.</summary>
    /// <param name="handler">Hears of messages and connections, one at a time.</param>
    void Start(IWorkerBusHandler handler);

    /// <summary>Appends a record to the log. Records of one worker that are appended one after the other stay in this order.</summary>
    /// <exception cref="BusException">Whether it is in the log is not known: it is to be appended again, and the fold passes over what comes twice.</exception>
    Task AppendAsync(ClusterRecord record, CancellationToken cancel);

    /// <summary>The coordinator's clock, in nanoseconds; what a worker computes its offset from.</summary>
    /// <exception cref="BusException">Nobody answered.</exception>
    Task<long> AskTimeAsync(CancellationToken cancel);

    /// <summary>Contents that the coordinator offers, checked against their hash.</summary>
    /// <exception cref="BusException">They are not to be had, or are not what the hash says.</exception>
    Task<SharedContents> FetchAsync(string hash, CancellationToken cancel);
}

/// <summary>What a worker's bus calls; short, as everything behind it waits.</summary>
internal interface IWorkerBusHandler
{
    /// <summary>A connection was made, the first or another: what was sent meanwhile is missed, so this is when to say hello.</summary>
    void OnConnected();

    /// <summary>The connection is lost.</summary>
    /// <param name="reason">A sentence for people.</param>
    void OnDisconnected(string reason);

    /// <summary>A message has come.</summary>
    void OnMessage(CoordinatorMessage message);
}
