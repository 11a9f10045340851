using Onrush.Engine;
using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>
/// One scenario on one loop: starts its users and iterations when they are due, by itself, and ends it. Owned by the loop's thread, except where a member
/// says otherwise. Its course:
/// <code>
/// phase     until                          what it does
/// running   the regular end                users start, stop and iterate as the executor says
/// leaving   the graceful stop is over      no new work; iterations may finish, and what was due and waits may still begin
/// cutting   every user has ended           users drain, are killed, are abandoned (the table of ScenarioUser)
/// </code>
/// </summary>
internal abstract class ScenarioRunner : LoopTimer
{
    /// <summary>Users made in one go; the loop's other work gets its turn in between.</summary>
    protected const int MostAtOnce = 64;

    private readonly EndTimer _end;
    private readonly ChangeQueue _changes;
    private int _revision;
    private bool _settled;
    private bool _quotaLeft;

    protected ScenarioRunner(EngineLoop loop, ScenarioSetup setup)
    {
        Loop = loop;
        Setup = setup;
        Share = setup.LoopDeal[loop.Index];
        ScenarioIndex = loop.Recorder.Scenario(setup.Plan.Name);
        Users = new UserPool(loop, this, setup);
        _end = new EndTimer(this);
        _changes = new ChangeQueue(loop);
    }

    /// <summary>Index of the scenario in the loop's recorder.</summary>
    public int ScenarioIndex { get; }

    /// <summary>Whether users are still on the way to the target.</summary>
    public abstract bool IsSpawning { get; }

    /// <summary>Iterations that are due and wait for a user.</summary>
    public virtual long Waiting => 0;

    /// <summary>Iterations that have fallen due on its schedule.</summary>
    public virtual long Offered => 0;

    /// <summary>Which change of the plan it follows. Any thread.</summary>
    public int Revision => Volatile.Read(ref _revision);

    /// <summary>Whether no user is started any more as things stand: with none alive, the scenario is over here. Any thread.</summary>
    public bool IsSettled => Volatile.Read(ref _settled);

    /// <summary>The loop.</summary>
    protected EngineLoop Loop { get; }

    /// <summary>What all loops share of the scenario.</summary>
    protected ScenarioSetup Setup { get; }

    /// <summary>Which slots and arrivals are the loop's own.</summary>
    protected BucketSet Share { get; private set; }

    /// <summary>Whether it was ever changed: what belongs to it may have been another's before.</summary>
    protected bool WasReshared { get; private set; }

    /// <summary>Its users.</summary>
    protected UserPool Users { get; }

    /// <summary>Whether the regular end has passed or a stop was asked for.</summary>
    protected bool Closed { get; private set; }

    /// <summary>Users alive by class, added to the given counts.</summary>
    public int AddCounts(Span<int> byClass)
    {
        var counts = Users.CountsByClass;
        for (var i = 0; i < counts.Length; i++)
            byClass[i] += counts[i];
        return Users.Count;
    }

    /// <summary>Goes over to another plan at its start.</summary>
    public void Follow(RunnerPlan plan)
    {
        Volatile.Write(ref _settled, false);
        if (HasPlan)
            _changes.Add(plan.StartNs, () => GoOver(plan));
        else
            GoOver(plan);
    }

    /// <summary>Has another share from an instant on.</summary>
    public void Follow(ShareChange change)
    {
        Volatile.Write(ref _settled, false);
        _changes.Add(change.AtNs, () => GoOver(change));
    }

    /// <summary>Ends it before its time: nothing begins any more, iterations get so many nanoseconds.</summary>
    public void End(long patienceNs)
    {
        _end.Cancel();
        Close();
        _changes.Flush();
        GiveUpWaiting();
        Users.ForEach(user => user.LeaveWithin(patienceNs));
        Settle();
    }

    /// <summary>Cuts everybody.</summary>
    public void Kill()
    {
        _end.Cancel();
        Close();
        _changes.Flush();
        GiveUpWaiting();
        Users.ForEach(static user => user.Kill());
        Settle();
    }

    /// <summary>Takes a user from the count that did not end.</summary>
    public void Abandon(ScenarioUser user)
    {
        Setup.CountAbandoned();
        user.Runtime.Resource?.Close();
        Users.End(user);
    }

    /// <summary>Whether a user may begin an iteration.</summary>
    public abstract GateAnswer Ask(ScenarioUser user, ref long dueNs);

    /// <summary>Iterations were granted that others have left undone.</summary>
    public virtual void OnGranted()
    {
    }

    /// <summary>A user has ended.</summary>
    public virtual void OnEnded(ScenarioUser user) => Settle();

    /// <summary>Whether it has a plan.</summary>
    protected abstract bool HasPlan { get; }

    /// <summary>Takes the plan up.</summary>
    protected abstract void OnFollow(RunnerPlan plan);

    /// <summary>Does what is due up to an instant; the share is still the one before.</summary>
    protected abstract void OnHandOver(long atNs);

    /// <summary>Lets go of what it has no longer, and takes up what it has now.</summary>
    protected abstract void OnReshared(BucketSet before, ShareChange change);

    /// <summary>Starts nothing any more by the schedule.</summary>
    protected abstract void OnClosed();

    /// <summary>Whether it will start nobody any more.</summary>
    protected abstract bool HasSettled();

    /// <summary>Drops what is due and waits.</summary>
    protected virtual void GiveUpWaiting()
    {
    }

    /// <summary>Looks whether anything is left to start, and tells those who wait for it.</summary>
    protected void Settle()
    {
        if (!HasSettled())
            return;
        if (Users.Count == 0 && !_quotaLeft && Setup.Quota is { } quota)
        {
            _quotaLeft = true;
            Loop.Recorder.IterationsDropped(ScenarioIndex, quota.Leave());
        }

        if (_settled)
            return;
        Volatile.Write(ref _settled, true);
        if (Users.Count == 0)
            Setup.Run.Changed();
    }

    private void GoOver(RunnerPlan plan)
    {
        Volatile.Write(ref _settled, false);
        if (!Closed)
        {
            OnFollow(plan);
            if (plan.RegularEndNs != long.MaxValue)
                _end.Begin(plan.StartNs + plan.RegularEndNs);
        }

        Volatile.Write(ref _revision, plan.Revision);
        Settle();
    }

    private void GoOver(ShareChange change)
    {
        Volatile.Write(ref _settled, false);
        if (!Closed)
            OnHandOver(change.AtNs);
        var before = Share;
        (Share, WasReshared) = (change.Share, true);
        OnReshared(before, change);
        Volatile.Write(ref _revision, change.Revision);
        Settle();
    }

    /// <summary>There may be something to do again.</summary>
    protected void Reopen()
    {
        Volatile.Write(ref _settled, false);
        if (_quotaLeft && !Closed)
        {
            _quotaLeft = false;
            Setup.Quota!.Return();
        }

        Settle();
    }

    private void Close()
    {
        if (Closed)
            return;
        Closed = true;
        Loop.Timers.Disarm(this);
        OnClosed();
    }

    /// <summary>The regular end, then the end of the graceful stop.</summary>
    private sealed class EndTimer(ScenarioRunner runner) : LoopTimer
    {
        private bool _graceful;

        public void Begin(long regularEndNs) => runner.Loop.Timers.Arm(this, regularEndNs);

        public void Cancel() => runner.Loop.Timers.Disarm(this);

        internal override void OnDue(long nowNs)
        {
            var graceNs = runner.Setup.Plan.GracefulStop.Ticks * TimeSpan.NanosecondsPerTick;
            if (_graceful || graceNs == 0)
            {
                runner.End(patienceNs: 0);
                return;
            }

            _graceful = true;
            runner.Loop.Timers.Arm(this, nowNs + graceNs);
            runner.Close();
            runner.Users.ForEach(runner.OnRegularEnd);
            runner.Settle();
        }
    }

    /// <summary>The regular end has come for a user.</summary>
    protected virtual void OnRegularEnd(ScenarioUser user) => user.LeaveWithin(ScenarioUser.WithoutEnd);
}
