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
    private int _revision;
    private bool _settled;
    private bool _quotaLeft;

    protected ScenarioRunner(EngineLoop loop, ScenarioSetup setup)
    {
        Loop = loop;
        Setup = setup;
        Share = setup.ShareOf(loop.Index);
        ScenarioIndex = loop.Recorder.Scenario(setup.Plan.Name);
        Users = new UserPool(loop, this, setup);
        _end = new EndTimer(this);
    }

    /// <summary>Index of the scenario in the loop's recorder.</summary>
    public int ScenarioIndex { get; }

    /// <summary>Whether users are still on the way to the target.</summary>
    public abstract bool IsSpawning { get; }

    /// <summary>Iterations that are due and wait for a user.</summary>
    public virtual long Waiting => 0;

    /// <summary>Iterations that have fallen due on its schedule.</summary>
    public virtual long Offered => 0;

    /// <summary>Iterations that its users were given, where somebody counts.</summary>
    protected long Taken { get; set; }

    /// <summary>Which change of the plan it follows. Any thread.</summary>
    public int Revision => Volatile.Read(ref _revision);

    /// <summary>Whether no user is started any more as things stand: with none alive, the scenario is over here. Any thread.</summary>
    public bool IsSettled => Volatile.Read(ref _settled);

    /// <summary>The loop.</summary>
    protected EngineLoop Loop { get; }

    /// <summary>What all loops share of the scenario.</summary>
    protected ScenarioSetup Setup { get; }

    /// <summary>Which slots and arrivals are the loop's own.</summary>
    protected WorkShare Share { get; }

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
        if (!Closed)
        {
            OnFollow(plan);
            if (plan.RegularEndNs != long.MaxValue)
                _end.Begin(plan.StartNs + plan.RegularEndNs);
        }

        Volatile.Write(ref _revision, plan.Revision);
        Settle();
    }

    /// <summary>Ends it before its time: nothing begins any more, iterations get so many nanoseconds.</summary>
    public void End(long patienceNs)
    {
        _end.Cancel();
        Close();
        GiveUpWaiting();
        Users.ForEach(user => user.LeaveWithin(patienceNs));
        Settle();
    }

    /// <summary>Cuts everybody.</summary>
    public void Kill()
    {
        _end.Cancel();
        Close();
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

    /// <summary>A user has ended.</summary>
    public virtual void OnEnded(ScenarioUser user) => Settle();

    /// <summary>Takes the plan up.</summary>
    protected abstract void OnFollow(RunnerPlan plan);

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
            Loop.Recorder.IterationsDropped(ScenarioIndex, quota.Leave(Share, Taken));
        }

        if (_settled)
            return;
        Volatile.Write(ref _settled, true);
        if (Users.Count == 0)
            Setup.Run.Changed();
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
