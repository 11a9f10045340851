namespace Onrush.Outputs.Pipeline;

/// <summary>
/// Batches that wait to be sent, bounded in bytes. What does not fit drops the oldest. The batch that is being sent still counts. Any thread.
/// </summary>
internal sealed class OutputQueue(long capacity) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<OutputBatch> _waiting = new();
    private readonly SemaphoreSlim _added = new(0);
    private long _bytes;
    private long _sending;
    private bool _closed;

    /// <summary>What waits or is being sent, in bytes.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return _bytes + _sending;
        }
    }

    /// <summary>True while less than half of it is taken.</summary>
    public bool HasRoom => Bytes < capacity / 2;

    /// <summary>Adds a batch.</summary>
    /// <returns>Records that were dropped for it.</returns>
    public long Add(OutputBatch batch)
    {
        long dropped = 0;
        lock (_gate)
        {
            _waiting.AddLast(batch);
            _bytes += batch.Weight;
            while (_bytes + _sending > capacity && _waiting.First is { } oldest)
            {
                _waiting.RemoveFirst();
                _bytes -= oldest.Value.Weight;
                dropped += oldest.Value.Records;
            }
        }

        _added.Release();
        return dropped;
    }

    /// <summary>Puts parts of the batch that is being sent in front of everything else.</summary>
    public void PutBack(IReadOnlyList<OutputBatch> parts)
    {
        lock (_gate)
        {
            for (var i = parts.Count - 1; i >= 0; i--)
            {
                _waiting.AddFirst(parts[i]);
                _bytes += parts[i].Weight;
            }
        }

        _added.Release();
    }

    /// <summary>Says that nothing more comes.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
        _added.Release();
    }

    /// <summary>The oldest batch; null when nothing more comes.</summary>
    public async Task<OutputBatch?> TakeAsync()
    {
        while (true)
        {
            lock (_gate)
            {
                _sending = 0;
                if (_waiting.First is { } first)
                {
                    _waiting.RemoveFirst();
                    _bytes -= first.Value.Weight;
                    _sending = first.Value.Weight;
                    return first.Value;
                }

                if (_closed)
                    return null;
            }

            await _added.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _added.Dispose();
}
