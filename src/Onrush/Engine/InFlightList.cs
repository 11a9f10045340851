namespace Onrush.Engine;

/// <summary>Something that has begun and not ended.</summary>
internal abstract class InFlightEntry : Deadline
{
    internal InFlightEntry? Older;
    internal InFlightEntry? Newer;

    /// <summary>Instant of the start in monotonic nanoseconds.</summary>
    internal long StartNs;
}

/// <summary>What is under way on one loop, in the order in which it began: gives the count and the oldest. Owned by its loop.</summary>
internal sealed class InFlightList
{
    private InFlightEntry? _oldest;
    private InFlightEntry? _newest;

    /// <summary>How many are under way.</summary>
    public int Count { get; private set; }

    /// <summary>Start of the oldest in monotonic nanoseconds; 0 when there is none.</summary>
    public long OldestStartNs => _oldest?.StartNs ?? 0;

    /// <summary>Begins.</summary>
    public void Add(InFlightEntry entry)
    {
        entry.Newer = null;
        entry.Older = _newest;
        if (_newest is null)
            _oldest = entry;
        else
            _newest.Newer = entry;
        _newest = entry;
        Count++;
    }

    /// <summary>Ends.</summary>
    public void Remove(InFlightEntry entry)
    {
        if (entry.Older is null)
            _oldest = entry.Newer;
        else
            entry.Older.Newer = entry.Newer;
        if (entry.Newer is null)
            _newest = entry.Older;
        else
            entry.Newer.Older = entry.Older;
        entry.Older = entry.Newer = null;
        Count--;
    }
}
