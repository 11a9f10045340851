namespace Onrush.Cluster;

/// <summary>When a worker was heard last.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="HeardAt">A timestamp of the bus's <see cref="TimeProvider"/>.</param>
/// <param name="IsConnected">False when its connection is known to be gone; it may come back.</param>
internal sealed record WorkerPresence(string Worker, long HeardAt, bool IsConnected);
