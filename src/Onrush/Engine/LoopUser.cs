using System.Threading.Tasks.Sources;

namespace Onrush.Engine;

/// <summary>The engine's side of one user: its waits, its state, its way to the recorder. Belongs to its loop.</summary>
internal sealed partial class LoopUser(EngineLoop loop, int scenario, string userClass, Action<string> stopTest) : UserRuntime, IValueTaskSource<bool>, IValueTaskSource
{
    private static readonly SendOrPostCallback EndWait = static state => ((LoopUser)state!).FinishWait();

    private LoopCompletion _wait;
    private List<LoopSleep>? _sleeps;
    private List<MeasureInFlight>? _measures;
    private bool _stopping;
    private bool _departing;
    private bool _parked;
    private bool _awaitsResponse;

    /// <summary>The loop the user is pinned to for life.</summary>
    public EngineLoop Loop { get; } = loop;

    /// <summary>Index of the scenario in the loop's recorder.</summary>
    public int Scenario { get; } = scenario;

    /// <summary>Name of the user class.</summary>
    public string UserClass { get; } = userClass;

    /// <summary>The task being performed, for the watchdog.</summary>
    public string Task { get; private set; } = "OnStartAsync";

    /// <summary>How late the running iteration began against its schedule in nanoseconds; -1 when it was not scheduled.</summary>
    public long LatenessNs { get; private set; } = -1;

    /// <summary>What the user has under way besides its code.</summary>
    public IUserResource? Resource { get; set; }

    /// <summary>Told of every unhandled exception, with the task it came from.</summary>
    public Action<LoopUser, string, Exception>? ErrorRaised { get; init; }

    /// <summary>Number of the user, from 1.</summary>
    public long Number { get; init; }

    /// <summary>Where the user stands towards its end.</summary>
    public UserState State { get; private set; }

    /// <summary>Whether OnStartAsync has returned; null while it runs.</summary>
    public bool? Started { get; private set; }

    /// <inheritdoc/>
    public override long Now => MonotonicClock.Now;

    /// <inheritdoc/>
    public override bool StopRequested => State != UserState.Running && Depart();

    /// <inheritdoc/>
    public override void IterationInterrupted() => Loop.Recorder.IterationInterrupted(Scenario);

    /// <summary>Throws when the user may begin nothing any more. OnStopAsync may until the user is cut.</summary>
    public void ThrowIfEnding()
    {
        if (State >= (_stopping ? UserState.Killed : UserState.Draining))
            throw new UserKilledException();
    }

    /// <summary>Asks the user to leave.</summary>
    public void Leave()
    {
        if (State != UserState.Running)
            return;
        State = UserState.Leaving;
        if (IsArmed || _parked)
            CutWait();
    }

    /// <summary>Takes <see cref="Leave"/> back. False when the user's code has been told to end, or is ending on its own: what it does then cannot be undone.</summary>
    public bool TryStay()
    {
        if (State != UserState.Leaving || _departing || _stopping)
            return false;
        State = UserState.Running;
        return true;
    }

    /// <summary>Ends the wait of <see cref="ParkAsync"/>; the user's code goes on before this returns.</summary>
    public void Unpark()
    {
        if (!_parked)
            return;
        _parked = false;
        FinishWait();
    }

    /// <summary>Lets requests under way come back, and nothing new begin.</summary>
    public void Drain()
    {
        if (State >= UserState.Draining)
            return;
        State = UserState.Draining;

        // OnStopAsync may begin requests until the user is cut, so it may wait as well.
        if (!_stopping)
            CutWaits();
    }

    /// <summary>Cuts the user: waits and requests end in its code by an exception.</summary>
    public void Kill()
    {
        if (State >= UserState.Killed)
            return;
        State = UserState.Killed;
        CutWaits();
        Resource?.OnKilled();
    }

    /// <summary>The user's loop has returned.</summary>
    public void End()
    {
        State = UserState.Ended;
        Loop.Timers.Disarm(this);

        // What the user left running ends with it: nobody would count it later.
        while (_measures is { Count: > 0 } measures)
            MeasureCancelled(measures[^1].Series, 0);
    }

    /// <inheritdoc/>
    public override ValueTask<bool> DelayUntilAsync(long dueNs, bool exact)
    {
        ThrowIfEnding();
        if (StopRequested)
            return new ValueTask<bool>(false);
        if (dueNs <= MonotonicClock.Now)
            return new ValueTask<bool>(true);

        // Think time rounded up to a millisecond lets one wake-up serve many users: 1.6 us each instead of 10.
        if (!exact)
            dueNs = RoundUp(dueNs);
        var token = _wait.Begin();
        Loop.Timers.Arm(this, dueNs);
        return new ValueTask<bool>(this, token);
    }

    /// <inheritdoc/>
    public override ValueTask<bool> ParkAsync()
    {
        ThrowIfEnding();
        if (StopRequested)
            return new ValueTask<bool>(false);
        var token = _wait.Begin();
        _parked = true;
        return new ValueTask<bool>(this, token);
    }

    /// <inheritdoc/>
    public override ValueTask SleepUntilAsync(long dueNs)
    {
        ThrowIfEnding();
        if (dueNs <= MonotonicClock.Now)
            return default;
        var sleep = new LoopSleep(this);
        (_sleeps ??= []).Add(sleep);
        return sleep.StartAsync(RoundUp(dueNs));
    }

    /// <summary>The sleep is over.</summary>
    public void Forget(LoopSleep sleep) => _sleeps?.Remove(sleep);

    /// <inheritdoc/>
    public override ValueTask YieldAsync()
    {
        ThrowIfEnding();
        var token = _wait.Begin();
        Loop.Post(EndWait, this);
        return Forget(new ValueTask<bool>(this, token));

        static async ValueTask Forget(ValueTask<bool> wait) => await wait;
    }

    /// <inheritdoc/>
    public override IValueTaskSource? Pending => Resource?.Pending;

    /// <inheritdoc/>
    public override short PendingToken => Resource?.PendingToken ?? 0;

    /// <inheritdoc/>
    public override bool StandsForResponse(Task task) => Resource is { } resource && resource.IsAwaitedBy(task);

    /// <inheritdoc/>
    public override ValueTask ResponseHandedOverAsync()
    {
        // The user's loop has one thing to wait for at a time.
        var token = _wait.Begin();
        _awaitsResponse = true;
        return new ValueTask(this, token);
    }

    /// <summary>The user's code has gone on with a response.</summary>
    public void OnResponseHandedOver()
    {
        if (!_awaitsResponse)
            return;
        _awaitsResponse = false;
        FinishWait();
    }

    /// <inheritdoc/>
    public override ValueTask EnsureOnLoopAsync() => Loop.IsCurrent ? default : new ValueTask(Loop.SwitchSource, 0);

    /// <inheritdoc/>
    public override void IterationStarted(string task, long dueNs)
    {
        Loop.CurrentUser = this;
        Task = task;
        if (_groups > 0)
            LeaveAllGroups();
        LatenessNs = dueNs < 0 ? -1 : Math.Max(0, MonotonicClock.Now - dueNs);
    }

    /// <inheritdoc/>
    public override long IterationFinished(long startNs, long dueNs, bool failed)
    {
        Resource?.OnIterationFinished();
        var now = MonotonicClock.Now;
        Loop.Recorder.Iteration(Scenario, now - startNs, LatenessNs, failed);

        // What follows (OnStopAsync, the start of a task set) belongs to no schedule.
        LatenessNs = -1;
        return now;
    }

    /// <inheritdoc/>
    public override void UserError(string task, Exception exception)
    {
        Loop.Recorder.UserError(UserClass, task, exception);
        ErrorRaised?.Invoke(this, task, exception);
    }

    /// <inheritdoc/>
    public override void UserStarted(bool succeeded)
    {
        Started = succeeded;
        Loop.Recorder.UserStarted(succeeded);
    }

    /// <inheritdoc/>
    public override void UserStopping()
    {
        _stopping = true;
        Task = "OnStopAsync";
        if (_groups > 0)
            LeaveAllGroups();
    }

    /// <inheritdoc/>
    public override void UserStopped(string reason) => Loop.Recorder.UserStopped(Scenario, UserClass, reason);

    /// <inheritdoc/>
    public override void StopTest(string reason) => stopTest(reason);

    /// <inheritdoc/>
    public override int MeasureStarted(string method, string name)
    {
        ThrowIfEnding();
        var tags = Loop.Recorder.Tags.With(Tags, Measurement.MetricTags.Protocol, Measurement.MetricTags.MeasuredProtocol);
        var series = Loop.Recorder.Series(Scenario, method, name, tags);
        Loop.Recorder.Started(series);
        var measure = new MeasureInFlight(series) { StartNs = MonotonicClock.Now };
        (_measures ??= []).Add(measure);
        Loop.InFlight.Add(measure);
        return series;
    }

    /// <inheritdoc/>
    public override void MeasureFinished(int series, long startNs, long bytes, string? error)
    {
        // Counted as cancelled already when its user ended before it.
        if (!EndMeasure(series))
            return;
        var duration = MonotonicClock.Now - startNs;
        var sample = new Measurement.RequestSample
        {
            Series = series,
            Outcome = error is null ? Measurement.Outcome.Success : Measurement.Outcome.Check,
            ResponseNs = duration,
            WaitNs = duration,
            FromDueNs = LatenessNs < 0 ? -1 : duration + LatenessNs,
            BytesReceived = bytes,
            ContentLength = bytes,
        };
        Loop.Recorder.Finished(sample);
        if (error is not null)
            Loop.Recorder.Failure(series, Measurement.Outcome.Check, error);
    }

    /// <inheritdoc/>
    public override void MeasureCancelled(int series, long startNs)
    {
        if (EndMeasure(series))
            Loop.Recorder.Finished(new Measurement.RequestSample { Series = series, Outcome = Measurement.Outcome.Cancelled, FromDueNs = -1 });
    }

    /// <inheritdoc/>
    bool IValueTaskSource<bool>.GetResult(short token)
    {
        _wait.Check(token);
        ThrowIfEnding();
        return !StopRequested;
    }

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token) => _wait.Check(token);

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token)
    {
        _wait.Check(token);
        return _wait.IsDone ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;
    }

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        if (Loop.IsCurrent)
            _wait.OnCompleted(continuation, state);
        else
            RegisterLater(continuation, state);
    }

    /// <inheritdoc/>
    internal override void OnDue(long nowNs) => FinishWait();

    // From here on the user's code knows: it cannot stay any more.
    private bool Depart() => _departing = true;

    private bool EndMeasure(int series)
    {
        var at = _measures?.FindIndex(m => m.Series == series) ?? -1;
        if (at < 0)
            return false;
        Loop.InFlight.Remove(_measures![at]);
        _measures.RemoveAt(at);
        return true;
    }

    private static long RoundUp(long dueNs) => (dueNs + MonotonicClock.Millisecond - 1) / MonotonicClock.Millisecond * MonotonicClock.Millisecond;

    private void CutWaits()
    {
        if (IsArmed || _parked)
            CutWait();
        if (_sleeps is not { Count: > 0 } sleeps)
            return;
        _sleeps = null;
        foreach (var sleep in sleeps)
            sleep.Cut();
    }

    private void CutWait()
    {
        Loop.Timers.Disarm(this);
        _parked = false;
        FinishWait();
    }

    private void FinishWait()
    {
        Loop.CurrentUser = this;
        _wait.Complete();
    }

    // Apart from its only caller, which would else make the closure for every await.
    private void RegisterLater(Action<object?> continuation, object? state) =>
        Loop.Post(_ => _wait.OnCompleted(continuation, state), null);
}
