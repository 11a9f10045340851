namespace Onrush.Engine;

/// <summary>
/// Something that falls due once at an instant of the monotonic clock. It may be in at most one <see cref="TimerHeap"/>, at most
/// once; owned and touched by that heap's loop only.
/// </summary>
internal abstract class LoopTimer
{
    /// <summary>Where it stands in the heap; -1 when it is not armed.</summary>
    internal int HeapIndex = -1;

    /// <summary>Whether it waits in a heap.</summary>
    internal bool IsArmed => HeapIndex >= 0;

    /// <summary>Called on the loop once the due instant has passed; the timer is no longer armed then.</summary>
    internal virtual void OnDue(long nowNs)
    {
    }
}
