using Onrush.Engine;

namespace Onrush.Scenarios;

/// <summary>Changes that wait for their instant, in the order they came. Owned by its loop.</summary>
internal sealed class ChangeQueue(EngineLoop loop) : LoopTimer
{
    private readonly Queue<(long AtNs, Action Apply)> _waiting = new();

    /// <summary>Makes a change at an instant; at once when it has passed and no other waits.</summary>
    public void Add(long atNs, Action apply)
    {
        if (_waiting.Count == 0 && atNs <= MonotonicClock.Now)
        {
            apply();
            return;
        }

        _waiting.Enqueue((atNs, apply));
        if (_waiting.Count == 1)
            loop.Timers.Arm(this, atNs);
    }

    /// <summary>Makes all changes that wait.</summary>
    public void Flush()
    {
        loop.Timers.Disarm(this);
        while (_waiting.TryDequeue(out var change))
            change.Apply();
    }

    internal override void OnDue(long nowNs)
    {
        while (_waiting.TryPeek(out var next) && next.AtNs <= nowNs)
        {
            _waiting.Dequeue();
            next.Apply();
        }

        if (_waiting.TryPeek(out var later) && !IsArmed)
            loop.Timers.Arm(this, later.AtNs);
    }
}
