using Onrush.Measurement;

namespace Onrush.Engine;

/// <summary>
/// A loop without a thread of its own for sockets: whichever thread a completion comes on holds the loop while it carries the
/// completion out, and takes along what others brought meanwhile. One thread at a time owns everything, as with <see cref="EpollLoop"/>.
/// A small thread carries out timers. Works wherever the runtime does.
/// </summary>
internal sealed class PortableLoop : EngineLoop
{
    private readonly object _gate = new();
    private readonly AutoResetEvent _timerWake = new(false);
    private readonly Thread _timerThread;
    private readonly Stack<PortableReceive> _receives = new();
    private long _timerWakeAtNs = long.MaxValue;
    private int _ownerThread;
    private volatile bool _stopping;

    public PortableLoop(int index, EngineOptions options, LoopRecorder recorder)
        : base(index, options, recorder)
    {
        _timerThread = new Thread(RunTimerThread) { IsBackground = true, Name = $"onrush timers {index}" };
    }

    /// <summary>
    /// Has completions carried out by the thread that finds them, with as many such threads as there are loops. Read once by the runtime, at the first
    /// socket; without it every completion hops to the thread pool, which costs a third of the throughput.
    /// </summary>
    public static void UseInlineCompletions(int threads)
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", threads.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override bool IsCurrent => Volatile.Read(ref _ownerThread) == Environment.CurrentManagedThreadId;

    /// <inheritdoc/>
    public override LoopSocket CreateSocket() => new PortableSocket(this);

    /// <inheritdoc/>
    public override void Start() => _timerThread.Start();

    /// <inheritdoc/>
    public override bool Stop(TimeSpan patience)
    {
        _stopping = true;
        _timerWake.Set();
        return IsCurrent || _timerThread.ThreadState.HasFlag(ThreadState.Unstarted) || _timerThread.Join(patience);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        lock (_gate)
        {
            while (_receives.TryPop(out var receive))
                receive.Dispose();
        }

        // The event is left to the collector: somebody's late post may still set it.
    }

    /// <summary>Carries the callback out on the loop: now when nobody holds it, otherwise by the thread that does. From any thread.</summary>
    public void Execute(SendOrPostCallback callback, object? state)
    {
        if (IsCurrent)
        {
            Post(callback, state);
            return;
        }

        if (!Monitor.TryEnter(_gate))
        {
            // No need to wake anybody: who holds the loop looks again when leaving, and if that was just now, this thread gets in.
            Enqueue(callback, state);
            Drain();
            return;
        }

        try
        {
            Hold(callback, state);
        }
        finally
        {
            Monitor.Exit(_gate);
        }

        Drain();
    }

    /// <summary>A receive operation with its buffer, used again and again; on the loop.</summary>
    public PortableReceive RentReceive() => _receives.TryPop(out var receive) ? receive : new PortableReceive(this);

    /// <summary>Takes the operation back; on the loop.</summary>
    public void Return(PortableReceive receive)
    {
        if (_receives.Count < 1024)
            _receives.Push(receive);
        else
            receive.Dispose();
    }

    /// <inheritdoc/>
    protected override void Wake() => _timerWake.Set();

    private void Drain()
    {
        // Whoever fails to enter has posted before, and whoever leaves looks again: nothing stays behind.
        while (HasWork && Monitor.TryEnter(_gate))
        {
            try
            {
                Hold(null, null);
            }
            finally
            {
                Monitor.Exit(_gate);
            }
        }
    }

    private void Hold(SendOrPostCallback? callback, object? state)
    {
        var outer = Current;
        Volatile.Write(ref _ownerThread, Environment.CurrentManagedThreadId);
        SetSynchronizationContext(this);
        var started = MonotonicClock.Now;
        TurnStartedNs = started;
        try
        {
            if (callback is not null)
                Run(new WorkItem(callback, state));

            // One round only: whoever holds the loop comes back for what was posted meanwhile, so that users who post without end hold up nobody's timer.
            RunPosted();
            Timers.SeenNs = started;
            if (Timers.NextDue <= MonotonicClock.Now)
                RunTimers();
        }
        finally
        {
            Recorder.Turn(MonotonicClock.Now - started);
            CurrentUser = null;
            TurnStartedNs = 0;
            if (Timers.NextDue < Volatile.Read(ref _timerWakeAtNs))
                _timerWake.Set();
            Volatile.Write(ref _ownerThread, 0);
            SetSynchronizationContext(outer);
        }
    }

    private void RunTimerThread()
    {
        while (!_stopping)
        {
            long next;
            lock (_gate)
            {
                if (Timers.NextDue <= MonotonicClock.Now || HasWork)
                    Hold(null, null);
                next = Timers.NextDue;
                Volatile.Write(ref _timerWakeAtNs, next);
            }

            var wait = next == long.MaxValue
                ? 1000
                : (int)Math.Clamp((next - MonotonicClock.Now + MonotonicClock.Millisecond - 1) / MonotonicClock.Millisecond, 0, 1000);
            if (wait > 0 && !HasWork)
                _timerWake.WaitOne(wait);
        }
    }
}
