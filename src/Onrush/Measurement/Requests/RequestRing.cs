namespace Onrush.Measurement;

/// <summary>
/// Hands finished requests from one loop to the thread that writes them down. Hot on the side of the loop: no lock, no allocation, no
/// waiting; what finds the ring full is dropped and counted. The newest entry stays with the loop until the next one, since what went
/// wrong is told after the request.
/// </summary>
internal sealed class RequestRing
{
    private readonly RequestEntry[] _entries;
    private readonly int _mask;
    private long _written;
    private long _read;
    private long _dropped;
    private bool _holds;

    /// <param name="capacity">Number of entries that may wait; a power of two.</param>
    public RequestRing(int capacity = 1 << 15)
    {
        if (capacity <= 0 || (capacity & (capacity - 1)) != 0)
            throw new ArgumentException("The size of a ring is a power of two.", nameof(capacity));
        _entries = new RequestEntry[capacity];
        _mask = capacity - 1;
    }

    /// <summary>Requests that found no room. Any thread.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>The place for the next request, to be filled at once; the one before is handed over. The loop's thread.</summary>
    /// <param name="added">False when there is no room: the request is counted as dropped, and the place must not be used.</param>
    public ref RequestEntry Add(out bool added)
    {
        Publish();
        added = _written - Volatile.Read(ref _read) < _entries.Length;
        if (added)
            _holds = true;
        else
            Volatile.Write(ref _dropped, _dropped + 1);
        return ref _entries[_written & _mask];
    }

    /// <summary>Says what went wrong with the newest request. The loop's thread.</summary>
    public void Explain(string message)
    {
        if (_holds)
            _entries[_written & _mask].Message = message;
    }

    /// <summary>Hands over the newest request. The loop's thread.</summary>
    public void Publish()
    {
        if (!_holds)
            return;
        _holds = false;
        Volatile.Write(ref _written, _written + 1);
    }

    /// <summary>Takes everything that was handed over. One reading thread.</summary>
    /// <param name="take">Gets each entry, oldest first; the reference is good during the call.</param>
    /// <returns>Number of entries.</returns>
    public int Drain(RequestReader take)
    {
        long from = _read, to = Volatile.Read(ref _written);
        for (long i = from; i < to; i++)
        {
            take(in _entries[i & _mask]);
            // Texts are let go, and the loop gets its room back early.
            _entries[i & _mask] = default;
            Volatile.Write(ref _read, i + 1);
        }
        return (int)(to - from);
    }
}

/// <summary>Gets one entry of a ring.</summary>
internal delegate void RequestReader(in RequestEntry entry);
