using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Onrush.Measurement;

namespace Onrush.Engine;

/// <summary>
/// One thread's worth of users: everything a user touches (timers, sockets, counters) belongs to one loop and needs no lock.
/// It is the <see cref="SynchronizationContext"/> of user code, so an ordinary <c>await</c> comes back here.
/// Only <see cref="Post"/>, <see cref="IsCurrent"/>, <see cref="TurnStartedNs"/> and <see cref="CurrentUser"/> may be used from other threads.
/// </summary>
internal abstract class EngineLoop : SynchronizationContext, IDisposable
{
    // One for the loop itself and for all other threads: what is posted after something else must find it done.
    private readonly ConcurrentQueue<WorkItem> _posted = new();
    private readonly Dictionary<long, DeadlineQueue> _deadlines = [];
    private DeadlineQueue? _lastDeadlines;
    private long _turnStartedNs;
    private int _nextAddress;

    protected EngineLoop(int index, EngineOptions options, LoopRecorder recorder)
    {
        Index = index;
        Options = options;
        Recorder = recorder;
        SwitchSource = new LoopSwitchSource(this);
        Connects = new ConnectGate(options.MaxConnectsInFlight);
    }

    /// <summary>Number of the loop, from 0.</summary>
    public int Index { get; }

    /// <summary>Settings of the engine this loop belongs to.</summary>
    public EngineOptions Options { get; }

    /// <summary>Where everything that happens on this loop is counted.</summary>
    public LoopRecorder Recorder { get; }

    /// <summary>Waits, timeouts and arrivals.</summary>
    public TimerHeap Timers { get; } = new();

    /// <summary>Requests under way, oldest first.</summary>
    public InFlightList InFlight { get; } = new();

    /// <summary>For <see cref="UserRuntime.EnsureOnLoopAsync"/>.</summary>
    public LoopSwitchSource SwitchSource { get; }

    /// <summary>Bounds the connects under way.</summary>
    public ConnectGate Connects { get; }

    /// <summary>What is being carried out for whom; the watchdog names it when the loop is blocked.</summary>
    public UserRuntime? CurrentUser { get; set; }

    /// <summary>Instant at which the turn that is running began, in monotonic nanoseconds; 0 while the loop sleeps.</summary>
    public long TurnStartedNs
    {
        get => Volatile.Read(ref _turnStartedNs);
        protected set => Volatile.Write(ref _turnStartedNs, value);
    }

    /// <summary>Instant of the last read from a socket, in monotonic nanoseconds: what is done with it right then needs no clock of its own.</summary>
    public long LastReadNs { get; set; }

    /// <summary>Whether the caller runs on this loop.</summary>
    public abstract bool IsCurrent { get; }

    /// <summary>Whether posted work waits.</summary>
    protected bool HasWork => !_posted.IsEmpty;

    /// <summary>Makes a socket of this loop.</summary>
    public abstract LoopSocket CreateSocket();

    /// <summary>Begins to turn.</summary>
    public abstract void Start();

    /// <summary>Ends the loop and waits for its thread for at most the given time; false when user code still holds it.</summary>
    public abstract bool Stop(TimeSpan patience);

    /// <summary>The deadlines that lie <paramref name="durationNs"/> ahead of their start.</summary>
    public DeadlineQueue Deadlines(long durationNs)
    {
        if (_lastDeadlines is { } last && last.DurationNs == durationNs)
            return last;
        if (!_deadlines.TryGetValue(durationNs, out var queue))
            _deadlines.Add(durationNs, queue = new DeadlineQueue(Timers, durationNs));
        return _lastDeadlines = queue;
    }

    /// <summary>The source address of the next connection of that family; null lets the system choose.</summary>
    public IPAddress? NextLocalAddress(AddressFamily family)
    {
        var addresses = Options.LocalAddresses;
        for (var tries = addresses.Count; tries > 0; tries--)
        {
            var address = addresses[(int)((uint)_nextAddress++ % (uint)addresses.Count)];
            if (address.AddressFamily == family)
                return address;
        }

        return null;
    }

    /// <summary>Awaiting it goes on on this loop.</summary>
    public LoopSwitch SwitchTo() => new(this);

    /// <inheritdoc/>
    public sealed override void Post(SendOrPostCallback d, object? state)
    {
        Enqueue(d, state);

        // The loop itself looks before it sleeps.
        if (!IsCurrent)
            Wake();
    }

    /// <inheritdoc/>
    public sealed override void Send(SendOrPostCallback d, object? state)
    {
        if (!IsCurrent)
            throw new NotSupportedException("Waiting for an engine loop would stop the caller; use Post.");
        d(state);
    }

    /// <inheritdoc/>
    public sealed override SynchronizationContext CreateCopy() => this;

    /// <inheritdoc/>
    public virtual void Dispose() => Stop(TimeSpan.FromSeconds(5));

    /// <summary>Brings the loop out of its sleep; from any thread.</summary>
    protected abstract void Wake();

    /// <summary>Posts without waking the loop; for a caller that sees to it that somebody looks.</summary>
    protected void Enqueue(SendOrPostCallback callback, object? state) => _posted.Enqueue(new WorkItem(callback, state));

    /// <summary>Runs what was posted before this call; what is posted meanwhile waits for the next turn, so that sockets get theirs.</summary>
    protected void RunPosted()
    {
        if (_posted.IsEmpty)
            return;
        for (var n = _posted.Count; n > 0 && _posted.TryDequeue(out var item); n--)
            Run(item);
    }

    /// <summary>Fires what is due. One timer that throws must not end the loop for all the others.</summary>
    /// <returns>The time after that, in monotonic nanoseconds.</returns>
    protected long RunTimers()
    {
        var now = MonotonicClock.Now;
        if (Timers.NextDue > now)
            return now;
        try
        {
            Timers.RunDue(now);
        }
        catch (Exception exception)
        {
            EngineLog.CallbackFailed(exception);
        }

        return MonotonicClock.Now;
    }

    /// <summary>Carries one piece of work out.</summary>
    protected static void Run(in WorkItem item)
    {
        // Only foreign code gets here with an exception (async void, a broken callback); one user must not end all the others.
        try
        {
            item.Callback(item.State);
        }
        catch (Exception exception)
        {
            EngineLog.CallbackFailed(exception);
        }
    }
}
