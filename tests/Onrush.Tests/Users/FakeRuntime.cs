using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using Onrush.Engine;

namespace Onrush.Tests.Users;

/// <summary>
/// Carries users as the engine does, on the thread of the test and on a clock that stands still until nothing else is left to run. Has
/// a synchronization context like a real loop, so a continuation that would leave the loop is noticed.
/// </summary>
internal sealed partial class FakeRuntime : UserRuntime
{
    private readonly PriorityQueue<Wait, (long DueNs, long Order)> _timers = new();
    private readonly BlockingCollection<Action> _posted = [];
    private readonly List<Wait> _pending = [];
    private readonly List<string> _series = [];
    private readonly LoopContext _context;
    private readonly WayBack _wayBack;
    private long _nowNs = 1_000_000_000_000;
    private long _order;
    private bool _stopRequested;
    private string _task = "";

    public FakeRuntime()
    {
        Start = _nowNs;
        _context = new LoopContext(this);
        _wayBack = new WayBack(this);
    }

    /// <summary>The instant of creation; times in <see cref="Log"/> are seconds since then.</summary>
    public long Start { get; }

    public int LoopThread { get; } = Environment.CurrentManagedThreadId;

    /// <summary>Everything that was reported, in order.</summary>
    public List<string> Log { get; } = [];

    public List<(string Task, Exception Exception)> Errors { get; } = [];

    public List<(string Task, double At, double Due, bool Failed)> Iterations { get; } = [];

    public List<(string Method, string Name, long DurationNs, long Bytes, string? Error)> Measured { get; } = [];

    public List<string> StopReasons { get; } = [];

    /// <summary>Number of waits that nothing has ended yet.</summary>
    public int Waiting => _pending.Count;

    public int Yields { get; private set; }

    public int Posts { get; private set; }

    /// <summary>Off: what is logged takes memory, which a test of allocations must not see.</summary>
    public bool Silent { get; init; }

    /// <summary>Runs before each task.</summary>
    public Action? BeforeTask { get; set; }

    public double Seconds => (_nowNs - Start) / 1e9;

    public override long Now => _nowNs;

    public override bool StopRequested => _stopRequested;

    /// <summary>Lets time pass inside a task without a wait, as blocking code does.</summary>
    public void Pass(double seconds) => _nowNs += (long)(seconds * 1e9);

    public User Attach(Type type, long number = 1, ulong seed = 7, Onrush.Users.UserClass? userClass = null)
    {
        userClass ??= Onrush.Users.UserClass.Read(type);
        var user = userClass.Create();
        user.Attach(this, userClass, number, seed);
        return user;
    }

    /// <summary>Runs one user of the class for so many seconds of the fake clock, then asks it to leave and lets it end.</summary>
    public TUser Run<TUser>(double seconds, long number = 1, ulong seed = 7)
        where TUser : User
    {
        var user = (TUser)Attach(typeof(TUser), number, seed);
        Run(user, seconds);
        return user;
    }

    public void Run(User user, double seconds)
    {
        var life = Begin(user);
        Until(seconds);
        if (!life.IsCompleted)
        {
            Leave();
            Until(double.PositiveInfinity);
        }

        life.IsCompletedSuccessfully.ShouldBeTrue();
    }

    public Task Begin(User user) => OnLoop(() => user.RunAsync());

    /// <summary>Runs everything that is due up to this second of the fake clock.</summary>
    public void Until(double seconds) => OnLoop(() =>
    {
        while (true)
        {
            while (_posted.TryTake(out var work))
                work();
            if (!_timers.TryPeek(out var wait, out var key) || ((key.DueNs - Start) / 1e9 > seconds && !wait.IsDone))
                break;
            _timers.Dequeue();
            if (wait.IsDone)
                continue;
            _nowNs = Math.Max(_nowNs, key.DueNs);
            wait.Complete(true);
        }

        if (!double.IsInfinity(seconds))
            _nowNs = Math.Max(_nowNs, Start + (long)(seconds * 1e9));
        return true;
    });

    /// <summary>Runs what other threads post until the condition holds.</summary>
    public void Pump(Func<bool> until) => OnLoop(() =>
    {
        while (!until())
        {
            _posted.TryTake(out var work, TimeSpan.FromSeconds(20)).ShouldBeTrue("nothing came back to the loop");
            work!();
        }

        return true;
    });

    public T OnLoop<T>(Func<T> work)
    {
        Environment.CurrentManagedThreadId.ShouldBe(LoopThread);
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            return work();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Asks the users to leave: their think time ends.</summary>
    public void Leave()
    {
        _stopRequested = true;
        OnLoop(() =>
        {
            foreach (var wait in _pending.Where(wait => wait.EndsOnLeave).ToArray())
                wait.Complete(false);
            return true;
        });
    }

    /// <summary>Cuts the user, as the engine does after the stop timeout.</summary>
    public void Kill(User user) => OnLoop(() =>
    {
        user.Cut();
        foreach (var wait in _pending.ToArray())
            wait.Fail(new UserKilledException());
        return true;
    });

    public override ValueTask<bool> DelayUntilAsync(long dueNs, bool exact)
    {
        if (_stopRequested)
            return new ValueTask<bool>(false);
        return dueNs <= _nowNs ? new ValueTask<bool>(true) : WaitUntil(dueNs, endsOnLeave: true).AsValueTaskOfBool();
    }

    public override ValueTask<bool> ParkAsync() => throw new NotSupportedException("nothing of the fake parks");

    public override ValueTask SleepUntilAsync(long dueNs) => dueNs <= _nowNs ? default : WaitUntil(dueNs, endsOnLeave: false).AsValueTask();

    public override ValueTask YieldAsync()
    {
        Yields++;
        var wait = new Wait(this, endsOnLeave: false);
        _pending.Add(wait);
        _posted.Add(() => wait.Complete(true));
        return wait.AsValueTask();
    }

    public override ValueTask EnsureOnLoopAsync() => Environment.CurrentManagedThreadId == LoopThread ? default : new ValueTask(_wayBack, 0);

    public override void IterationStarted(string task, long dueNs)
    {
        OnlyOnLoop();
        _task = task;
        BeforeTask?.Invoke();
    }

    public override long IterationFinished(long startNs, long dueNs, bool failed)
    {
        OnlyOnLoop();
        if (Silent)
            return _nowNs;
        Iterations.Add((_task, (startNs - Start) / 1e9, dueNs < 0 ? -1 : (dueNs - Start) / 1e9, failed));
        Log.Add(_task);
        return _nowNs;
    }

    public override void IterationInterrupted()
    {
        OnlyOnLoop();
        Log.Add($"interrupted {_task}");
    }

    public override void UserError(string task, Exception exception)
    {
        OnlyOnLoop();
        Errors.Add((task, exception));
        Log.Add($"error {task}: {exception.Message}");
    }

    public override void UserStarted(bool succeeded)
    {
        OnlyOnLoop();
        if (!Silent)
            Log.Add(succeeded ? "started" : "not started");
    }

    public override void UserStopped(string reason)
    {
        OnlyOnLoop();
        Log.Add($"stopped: {reason}");
    }

    public bool IsStopping { get; private set; }

    public override void UserStopping() => IsStopping = true;

    public override void StopTest(string reason)
    {
        OnlyOnLoop();
        StopReasons.Add(reason);
        Log.Add($"stop test: {reason}");
    }

    public override int MeasureStarted(string method, string name)
    {
        OnlyOnLoop();
        _series.Add($"{method} {name}");
        return _series.Count - 1;
    }

    public override void MeasureFinished(int series, long startNs, long bytes, string? error)
    {
        OnlyOnLoop();
        var names = _series[series].Split(' ', 2);
        Measured.Add((names[0], names[1], _nowNs - startNs, bytes, error));
    }

    public override void MeasureCancelled(int series, long startNs)
    {
        OnlyOnLoop();
        Log.Add($"cancelled {_series[series]}");
    }

    private Wait WaitUntil(long dueNs, bool endsOnLeave)
    {
        OnlyOnLoop();
        var wait = new Wait(this, endsOnLeave);
        _pending.Add(wait);
        _timers.Enqueue(wait, (dueNs, _order++));
        return wait;
    }

    private void OnlyOnLoop()
    {
        if (Environment.CurrentManagedThreadId != LoopThread)
            throw new InvalidOperationException("the user left its loop");
    }

    private sealed class Wait(FakeRuntime owner, bool endsOnLeave) : IValueTaskSource<bool>, IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<bool> _core;
        private bool _done;

        public bool EndsOnLeave => endsOnLeave;

        public bool IsDone => _done;

        public ValueTask AsValueTask() => new(this, _core.Version);

        public ValueTask<bool> AsValueTaskOfBool() => new(this, _core.Version);

        public void Complete(bool result)
        {
            if (Finish())
                _core.SetResult(result);
        }

        public void Fail(Exception error)
        {
            if (Finish())
                _core.SetException(error);
        }

        public bool GetResult(short token) => _core.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        // As the engine's: it completes on the loop, so it resumes in place whatever the awaiter asks for.
        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, ValueTaskSourceOnCompletedFlags.None);

        void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

        private bool Finish()
        {
            if (_done)
                return false;
            owner._pending.Remove(this);
            return _done = true;
        }
    }

    /// <summary>
    /// Pending for everybody who is not on the loop, and posts only once it is awaited: posted before, it could have completed by the
    /// time of the await, which would then go on right there on the wrong thread.
    /// </summary>
    private sealed class WayBack(FakeRuntime owner) : IValueTaskSource
    {
        public void GetResult(short token)
        {
        }

        public ValueTaskSourceStatus GetStatus(short token) =>
            Environment.CurrentManagedThreadId == owner.LoopThread ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            owner._posted.Add(() => continuation(state));
    }

    private sealed class LoopContext(FakeRuntime owner) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            owner.Posts++;
            owner._posted.Add(() => d(state));
        }

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();
    }
}
