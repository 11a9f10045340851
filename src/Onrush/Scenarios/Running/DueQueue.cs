namespace Onrush.Scenarios;

/// <summary>Iterations that are due and wait for a user, oldest first, each with its instant. Grows up to its limit, eight bytes each. Owned by its loop.</summary>
internal sealed class DueQueue
{
    private long[] _items = new long[16];
    private int _first;

    /// <summary>Number of iterations that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one; false when there are as many as there may be.</summary>
    public bool TryAdd(long dueNs, long limit)
    {
        if (Count >= limit)
            return false;
        if (Count == _items.Length)
            Grow();
        _items[(_first + Count++) & (_items.Length - 1)] = dueNs;
        return true;
    }

    /// <summary>Takes the oldest out.</summary>
    public bool TryTake(out long dueNs)
    {
        if (Count == 0)
        {
            dueNs = 0;
            return false;
        }

        dueNs = _items[_first];
        _first = (_first + 1) & (_items.Length - 1);
        Count--;
        return true;
    }

    /// <summary>Empties it and gives how many there were.</summary>
    public int Clear()
    {
        var count = Count;
        _items = new long[16];
        _first = Count = 0;
        return count;
    }

    private void Grow()
    {
        var larger = new long[_items.Length * 2];
        for (var i = 0; i < Count; i++)
            larger[i] = _items[(_first + i) & (_items.Length - 1)];
        _items = larger;
        _first = 0;
    }
}
