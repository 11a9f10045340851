namespace Onrush.Cluster;

/// <summary>When each worker was heard last. Any thread may call it.</summary>
internal sealed class BeatBoard(TimeProvider time)
{
    /// <summary>What a worker that leaves says with its last beat.</summary>
    public const string Farewell = "farewell";

    private readonly Dictionary<string, WorkerPresence> _presence = [];

    /// <summary>Everybody who was heard.</summary>
    public IReadOnlyList<WorkerPresence> Everybody
    {
        get
        {
            lock (_presence)
                return [.. _presence.Values];
        }
    }

    /// <summary>A worker was heard.</summary>
    public void Heard(string worker, bool leaves)
    {
        lock (_presence)
            _presence[worker] = new WorkerPresence(worker, time.GetTimestamp(), !leaves);
    }

    /// <summary>A worker has no inbox: its connection is gone.</summary>
    public void Gone(string worker)
    {
        lock (_presence)
        {
            if (_presence.TryGetValue(worker, out var last))
                _presence[worker] = last with { IsConnected = false };
        }
    }
}
