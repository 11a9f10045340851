namespace Onrush.Cluster;

/// <summary>
/// A bus within one process: objects go from hand to hand, nothing is made into bytes. It outlives its ends, so what is appended is confirmed at once. Several
/// candidates may wait to lead. Connections can be cut and candidates killed, which tests do.
/// </summary>
internal sealed class InMemoryCluster(TimeProvider? time = null, Func<long>? clock = null)
{
    private readonly Lock _gate = new();
    private readonly MemoryLog _log = new();
    private readonly List<InMemoryCoordinatorBus> _candidates = [];
    private readonly Dictionary<string, InMemoryWorkerBus> _workers = [];
    private readonly Dictionary<string, WorkerPresence> _presence = [];
    private readonly Dictionary<string, SharedContents> _contents = [];

    /// <summary>Its clock.</summary>
    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    /// <summary>A coordinator's end.</summary>
    public InMemoryCoordinatorBus Coordinator(string candidate) => new(this, candidate);

    /// <summary>A worker's end.</summary>
    public InMemoryWorkerBus Worker(string worker) => new(this, worker);

    /// <summary>Cuts a worker off, as a pulled cable does; it tries to connect until it is mended.</summary>
    public void Cut(string worker)
    {
        InMemoryWorkerBus? end;
        lock (_gate)
            _workers.TryGetValue(worker, out end);
        end?.Cut();
    }

    /// <summary>Mends what was cut.</summary>
    public void Mend(string worker)
    {
        InMemoryWorkerBus? end;
        lock (_gate)
            _workers.TryGetValue(worker, out end);
        end?.Mend();
    }

    /// <summary>Number of records that are kept.</summary>
    internal int Kept => _log.Kept;

    internal long ClockNow => clock?.Invoke() ?? RunClock.Now;

    internal IReadOnlyList<WorkerPresence> Presence
    {
        get
        {
            lock (_gate)
                return [.. _presence.Values];
        }
    }

    internal void Append(ClusterRecord record) => _log.Append(record);

    internal IDisposable Read(long fromOffset, Action<LogRecord> onRecord) => _log.Read(fromOffset, onRecord);

    internal void Release(long offset) => _log.Release(offset);

    internal void Send(string? worker, CoordinatorMessage message)
    {
        InMemoryWorkerBus[] to;
        lock (_gate)
            to = [.. _workers.Values.Where(w => worker is null || w.Worker == worker)];
        foreach (var one in to)
            one.Take(message);
    }

    internal void Heard(string worker, bool connected)
    {
        lock (_gate)
            _presence[worker] = new WorkerPresence(worker, Time.GetTimestamp(), connected);
    }

    internal void Add(InMemoryWorkerBus worker)
    {
        lock (_gate)
            _workers[worker.Worker] = worker;
    }

    internal void Remove(InMemoryWorkerBus worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker.Worker);
            if (_presence.TryGetValue(worker.Worker, out var last))
                _presence[worker.Worker] = last with { IsConnected = false };
        }
    }

    internal void Offer(SharedContents contents)
    {
        lock (_gate)
            _contents[contents.Hash] = contents;
    }

    internal SharedContents? Find(string hash)
    {
        lock (_gate)
            return _contents.GetValueOrDefault(hash);
    }

    internal void Stand(InMemoryCoordinatorBus candidate)
    {
        InMemoryCoordinatorBus first;
        lock (_gate)
        {
            _candidates.Add(candidate);
            first = _candidates[0];
        }

        first.BecomeLeader();
    }

    internal void StandDown(InMemoryCoordinatorBus candidate)
    {
        InMemoryCoordinatorBus? first;
        lock (_gate)
        {
            _candidates.Remove(candidate);
            first = _candidates.FirstOrDefault();
        }

        first?.BecomeLeader();
    }
}
