using System.Collections.Concurrent;

namespace Onrush.Cluster.Tests;

/// <summary>Notes what a worker's bus calls.</summary>
internal sealed class WorkerEar : IWorkerBusHandler
{
    private int _connections;
    private int _disconnections;

    public ConcurrentQueue<CoordinatorMessage> Messages { get; } = new();

    public int Connections => Volatile.Read(ref _connections);

    public int Disconnections => Volatile.Read(ref _disconnections);

    public void OnConnected() => Interlocked.Increment(ref _connections);

    public void OnDisconnected(string reason) => Interlocked.Increment(ref _disconnections);

    public void OnMessage(CoordinatorMessage message) => Messages.Enqueue(message);
}
