using System.Runtime.InteropServices;
using Onrush.Measurement;

namespace Onrush.Engine;

/// <summary>
/// A loop on its own thread with its own epoll instance: run posted work, run due timers, wait for readiness, dispatch. Sockets are
/// registered once, edge-triggered, so a request costs one send, one receive and a share of one wait. Linux only.
/// </summary>
internal sealed unsafe class EpollLoop : EngineLoop
{
    private const int EventCapacity = 4096;
    private const int FullHandsForAll = 256;
    private const int ReceiveBufferSize = 64 * 1024;
    private const long WakeData = -1;
    private const long ClockCheckNs = 100 * MonotonicClock.Millisecond;

    // One wait without end would hide a stop that was signalled while the wake-up failed.
    private const long LongestSleepNs = MonotonicClock.Second;

    private static int s_hasWait2 = 1;

    private readonly Thread _thread;
    private readonly int _epoll;
    private readonly int _wakeFd;
    private readonly byte* _events;
    private readonly byte[] _receiveBuffer = GC.AllocateUninitializedArray<byte>(ReceiveBufferSize, pinned: true);
    private EpollSocket?[] _sockets = new EpollSocket?[256];
    private uint[] _generations = new uint[256];
    private readonly Stack<int> _freeSlots = new();
    private readonly Lock _wakeLock = new();
    private bool _freed;
    private int _usedSlots;
    private int _threadId;
    private int _wakePending;
    private volatile bool _stopping;
    private long _clockCheckedNs;

    public EpollLoop(int index, EngineOptions options, LoopRecorder recorder)
        : base(index, options, recorder)
    {
        _events = (byte*)NativeMemory.Alloc((nuint)(EventCapacity * EpollEvent.Size));
        _epoll = LinuxNative.EpollCreate(LinuxNative.EpollCloseOnExec);
        _wakeFd = LinuxNative.EventFd(0, LinuxNative.EventFdNonBlocking | LinuxNative.EventFdCloseOnExec);
        if (_epoll < 0 || _wakeFd < 0)
            throw new InvalidOperationException($"The engine loop could not be made: {Marshal.GetLastPInvokeErrorMessage()}");
        Register(_wakeFd, WakeData, LinuxNative.EpollIn);
        _thread = new Thread(Run) { IsBackground = true, Name = $"onrush loop {index}" };
    }

    /// <summary>Whether this machine can have one: the system's calls and numbers are written down for Linux on x64 and ARM64.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is (Architecture.X64 or Architecture.Arm64);

    /// <summary>Pinned memory that receives go into; its content is valid until the next receive on this loop.</summary>
    public Span<byte> ReceiveBuffer => _receiveBuffer;

    /// <summary>What to add to a kernel time stamp (wall clock) to get monotonic nanoseconds.</summary>
    public long WallToMonotonicNs { get; internal set; }

    /// <inheritdoc/>
    public override bool IsCurrent => Environment.CurrentManagedThreadId == _threadId;

    /// <inheritdoc/>
    public override LoopSocket CreateSocket() => new EpollSocket(this);

    /// <inheritdoc/>
    public override void Start() => _thread.Start();

    /// <inheritdoc/>
    public override bool Stop(TimeSpan patience)
    {
        _stopping = true;
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            Free();
            return true;
        }

        // Its own thread cannot wait for itself: the loop ends with this turn.
        if (IsCurrent)
            return true;

        Wake();
        return _thread.Join(patience);
    }

    /// <summary>Registers a socket for all its events, edge-triggered, and returns the slot to hand back to <see cref="Remove"/>.</summary>
    public int Add(EpollSocket socket, int fd)
    {
        if (!_freeSlots.TryPop(out var slot))
        {
            slot = _usedSlots++;
            if (slot == _sockets.Length)
            {
                Array.Resize(ref _sockets, slot * 2);
                Array.Resize(ref _generations, slot * 2);
            }
        }

        _sockets[slot] = socket;
        Register(
            fd,
            ((long)_generations[slot] << 32) | (uint)slot,
            LinuxNative.EpollIn | LinuxNative.EpollOut | LinuxNative.EpollReadHangUp | LinuxNative.EpollEdge);
        return slot;
    }

    /// <summary>Forgets the socket; events of it that are already in the batch go nowhere.</summary>
    public void Remove(int slot)
    {
        _sockets[slot] = null;
        _generations[slot] = (_generations[slot] + 1) & int.MaxValue;
        _freeSlots.Push(slot);
    }

    /// <inheritdoc/>
    protected override void Wake()
    {
        if (Interlocked.Exchange(ref _wakePending, 1) != 0)
            return;

        // A late post must not write into whatever has got the number of the closed descriptor.
        lock (_wakeLock)
        {
            if (_freed)
                return;
            ulong one = 1;
            _ = LinuxNative.Write(_wakeFd, &one, sizeof(ulong));
        }
    }

    private void Run()
    {
        _threadId = Environment.CurrentManagedThreadId;
        SetSynchronizationContext(this);
        LinuxNative.SetTimerSlack();

        var turnStarted = MonotonicClock.Now;
        var fullHands = 0;
        while (!_stopping)
        {
            RunPosted();
            var now = RunTimers();
            Recorder.Turn(now - turnStarted);
            var sleep = HasWork ? 0 : Math.Clamp(Timers.NextDue - now, 0, LongestSleepNs);
            CurrentUser = null;
            TurnStartedNs = 0;
            var count = Wait(sleep);
            turnStarted = MonotonicClock.Now;
            TurnStartedNs = turnStarted;
            if (turnStarted - _clockCheckedNs > ClockCheckNs || WallToMonotonicNs == 0)
                CheckClock(turnStarted);

            for (var i = 0; i < count; i++)
            {
                var (events, data) = EpollEvent.Read(_events, i);
                if (data == WakeData)
                    ConsumeWake();
                else
                    Dispatch(events, data);
            }

            // A full hand may not have been all; that many in a row are more than there can be sockets, of which each gets its turn.
            fullHands = count < EventCapacity ? 0 : fullHands + 1;
            if (fullHands % FullHandsForAll == 0)
                Timers.SeenNs = now;
        }

        TurnStartedNs = 0;
        foreach (var socket in _sockets)
            socket?.Close(abort: true);
        Free();
    }

    private void Dispatch(uint events, long data)
    {
        var slot = (int)(uint)data;
        if (_generations[slot] != (uint)(data >> 32) || _sockets[slot] is not { } socket)
            return;
        try
        {
            socket.OnEvents(events);
        }
        catch (Exception exception)
        {
            EngineLog.CallbackFailed(exception);
        }
    }

    private int Wait(long sleepNs)
    {
        int count;
        if (s_hasWait2 != 0)
        {
            var timeout = new LinuxNative.TimeSpec { Seconds = sleepNs / MonotonicClock.Second, Nanoseconds = sleepNs % MonotonicClock.Second };
            count = LinuxNative.EpollWait2(_epoll, _events, EventCapacity, &timeout, null);
            if (count >= 0)
                return count;
            if (LinuxNative.LastError != LinuxNative.ErrorNotImplemented)
                return 0;
            s_hasWait2 = 0; // Linux before 5.11: whole milliseconds are all there is.
        }

        count = LinuxNative.EpollWait(_epoll, _events, EventCapacity, (int)((sleepNs + MonotonicClock.Millisecond - 1) / MonotonicClock.Millisecond));
        return Math.Max(count, 0);
    }

    private void ConsumeWake()
    {
        // In this order. Cleared before the descriptor is read, a post in between would have its wake-up taken and its mark left, and no later post would wake.
        // The queue is read after both: what was posted without a wake-up, as one was pending, lies there by then.
        ulong value;
        _ = LinuxNative.Read(_wakeFd, &value, sizeof(ulong));
        Interlocked.Exchange(ref _wakePending, 0);
    }

    private void CheckClock(long now)
    {
        // Both clocks are slewed alike; only a step of the wall clock changes their distance.
        LinuxNative.TimeSpec wall;
        _ = LinuxNative.ClockGetTime(0, &wall);
        WallToMonotonicNs = MonotonicClock.Now - (wall.Seconds * MonotonicClock.Second + wall.Nanoseconds);
        _clockCheckedNs = now;
    }

    private void Register(int fd, long data, uint events)
    {
        var change = stackalloc byte[EpollEvent.Size];
        EpollEvent.Write(change, events, data);
        if (LinuxNative.EpollControl(_epoll, LinuxNative.EpollCtlAdd, fd, change) != 0)
            throw new InvalidOperationException($"The socket could not be watched: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private void Free()
    {
        lock (_wakeLock)
        {
            if (_freed)
                return;
            _freed = true;
            _ = LinuxNative.Close(_epoll);
            _ = LinuxNative.Close(_wakeFd);
            NativeMemory.Free(_events);
        }
    }
}
