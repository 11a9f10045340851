namespace Onrush.Engine;

/// <summary>One pending deadline; in at most one queue. Owned by its loop.</summary>
internal abstract class Deadline
{
    internal Deadline? Previous;
    internal Deadline? Next;
    internal DeadlineQueue? Queue;
    internal long DueNs;

    /// <summary>Called on the loop when the time has passed without <see cref="DeadlineQueue.Remove"/>.</summary>
    internal abstract void OnExpired();
}

/// <summary>
/// Deadlines that all lie the same time ahead of their start. They fall due in the order in which they were added, so adding and
/// removing is a change in a linked list: a timeout per request costs a few nanoseconds instead of a heap entry.
/// </summary>
internal sealed class DeadlineQueue(TimerHeap timers, long durationNs) : LoopTimer
{
    private Deadline? _first;
    private Deadline? _last;

    /// <summary>Time from start to expiry, in nanoseconds.</summary>
    public long DurationNs { get; } = durationNs;

    /// <summary>Starts the deadline at <paramref name="nowNs"/>.</summary>
    public void Add(Deadline deadline, long nowNs)
    {
        deadline.DueNs = nowNs + DurationNs;
        deadline.Queue = this;
        deadline.Next = null;
        deadline.Previous = _last;
        if (_last is null)
            _first = deadline;
        else
            _last.Next = deadline;
        _last = deadline;

        // The timer may stand too early (its deadline was met): then it only re-arms. It never stands too late.
        if (!IsArmed)
            timers.Arm(this, deadline.DueNs);
    }

    /// <summary>Ends the deadline without expiry; nothing happens when it is in no queue.</summary>
    public static void Remove(Deadline deadline)
    {
        var queue = deadline.Queue;
        if (queue is null)
            return;

        if (deadline.Previous is null)
            queue._first = deadline.Next;
        else
            deadline.Previous.Next = deadline.Next;
        if (deadline.Next is null)
            queue._last = deadline.Previous;
        else
            deadline.Next.Previous = deadline.Previous;
        deadline.Previous = deadline.Next = null;
        deadline.Queue = null;
    }

    internal override void OnDue(long nowNs)
    {
        var seenNs = Math.Min(nowNs, timers.SeenNs);
        while (_first is { } deadline && deadline.DueNs <= seenNs)
        {
            Remove(deadline);
            deadline.OnExpired();
        }

        // One that is over, as far as is known, comes again in the next turn, when the loop has looked.
        if (_first is not null && !IsArmed)
            timers.Arm(this, Math.Max(_first.DueNs, nowNs + 1));
    }
}
