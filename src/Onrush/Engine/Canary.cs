namespace Onrush.Engine;

/// <summary>A timer every 10 ms that does nothing but measure how late it is: what any timer of the loop suffers. Owned by its loop.</summary>
internal sealed class Canary(EngineLoop loop) : LoopTimer
{
    private const long PeriodNs = 10 * MonotonicClock.Millisecond;

    private long _dueNs;

    /// <summary>Begins; on the loop.</summary>
    public void Start() => Arm(MonotonicClock.Now);

    internal override void OnDue(long nowNs)
    {
        loop.Recorder.Canary(nowNs - _dueNs);
        Arm(nowNs);
    }

    private void Arm(long nowNs)
    {
        _dueNs = nowNs + PeriodNs;
        loop.Timers.Arm(this, _dueNs);
    }
}
