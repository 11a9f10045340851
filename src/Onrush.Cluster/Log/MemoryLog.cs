namespace Onrush.Cluster;

/// <summary>A log in memory: records in one order, readers that follow it, and who waits for a record to be released. Any thread may call it.</summary>
internal sealed class MemoryLog
{
    private readonly Lock _gate = new();
    private readonly LinkedList<LogRecord> _log = new();
    private readonly List<Reader> _readers = [];
    private readonly SortedDictionary<long, TaskCompletionSource> _waiting = [];
    private long _nextOffset;
    private long _released = -1;

    /// <summary>Number of records that are kept.</summary>
    public int Kept
    {
        get
        {
            lock (_gate)
                return _log.Count;
        }
    }

    /// <summary>Appends a record, and hands it to those who read.</summary>
    /// <returns>Its offset.</returns>
    public long Append(ClusterRecord record)
    {
        Reader[] readers;
        LogRecord entry;
        lock (_gate)
        {
            entry = new LogRecord(_nextOffset++, record);
            _log.AddLast(entry);
            readers = [.. _readers];
            foreach (var reader in readers)
                reader.Waiting.Enqueue(entry);
        }

        foreach (var reader in readers)
            reader.Dispatch();
        return entry.Offset;
    }

    /// <summary>Hands over every record from an offset on, those that are there and those that come.</summary>
    public IDisposable Read(long fromOffset, Action<LogRecord> onRecord)
    {
        var reader = new Reader(this, onRecord);
        lock (_gate)
        {
            foreach (var entry in _log.Where(entry => entry.Offset >= fromOffset))
                reader.Waiting.Enqueue(entry);
            _readers.Add(reader);
        }

        reader.Dispatch();
        return reader;
    }

    /// <summary>Forgets everything up to an offset, and tells those who wait for that.</summary>
    public void Release(long offset)
    {
        List<TaskCompletionSource> done = [];
        lock (_gate)
        {
            _released = Math.Max(_released, offset);
            while (_log.First is { Value.Offset: var first } && first <= offset)
                _log.RemoveFirst();
            foreach (var at in _waiting.Keys.TakeWhile(at => at <= offset).ToArray())
            {
                done.Add(_waiting[at]);
                _waiting.Remove(at);
            }
        }

        foreach (var one in done)
            one.TrySetResult();
    }

    /// <summary>Completes when a record is released.</summary>
    public Task WhenReleased(long offset)
    {
        lock (_gate)
        {
            if (offset <= _released)
                return Task.CompletedTask;
            if (!_waiting.TryGetValue(offset, out var waiting))
                _waiting.Add(offset, waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return waiting.Task;
        }
    }

    /// <summary>What waits is filled under the lock of the log, so its order is that of the log; it is handed over outside of it.</summary>
    private sealed class Reader(MemoryLog log, Action<LogRecord> onRecord) : IDisposable
    {
        private bool _busy;
        private bool _closed;

        public Queue<LogRecord> Waiting { get; } = new();

        public void Dispatch()
        {
            lock (log._gate)
            {
                if (_busy)
                    return;
                _busy = true;
            }

            while (true)
            {
                LogRecord? next;
                lock (log._gate)
                {
                    if (_closed || !Waiting.TryDequeue(out next))
                    {
                        _busy = false;
                        return;
                    }
                }

                onRecord(next);
            }
        }

        public void Dispose()
        {
            lock (log._gate)
            {
                _closed = true;
                log._readers.Remove(this);
            }
        }
    }
}
