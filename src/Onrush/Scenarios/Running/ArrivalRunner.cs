using Onrush.Engine;
using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>
/// Iterations by the time they are due, whatever the target does. One timer starts them; an idle user takes each, the one that was busy last first, as its
/// connection is the warmest. When none is idle a new user is made, up to the loop's share; beyond it the iteration waits with its due time or is dropped,
/// as the executor says. Nothing is allocated per iteration.
/// </summary>
internal sealed class ArrivalRunner(EngineLoop loop, ScenarioSetup setup) : ScenarioRunner(loop, setup)
{
    // Users are made ahead at this distance, so that making them does not hold the loop up.
    private const long AheadNs = MonotonicClock.Millisecond / 4;

    private static readonly SendOrPostCallback RefillPosted = static state => ((ArrivalRunner)state!).Refill();

    private readonly Stack<ScenarioUser> _idle = new();
    private readonly Stack<int> _freeSlots = new();
    private readonly DueQueue _queue = new();
    private HashSet<int>? _occupied;
    private UserMaker? _maker;
    private ArrivalPlan? _plan;
    private UserDeal _deal;
    private long _most;
    private long _queueLimit;
    private long _nextItem;
    private long _items;
    private long _nextDueNs;
    private int _usedSlots;
    private long _offered;
    private bool _refilling;

    /// <inheritdoc/>
    public override bool IsSpawning => false;

    /// <inheritdoc/>
    public override long Waiting => _queue.Count;

    /// <inheritdoc/>
    public override long Offered => _offered;

    /// <inheritdoc/>
    public override GateAnswer Ask(ScenarioUser user, ref long dueNs)
    {
        if (user.ReservedDueNs >= 0)
        {
            dueNs = user.ReservedDueNs;
            user.ReservedDueNs = -1;
            return GateAnswer.Begin;
        }

        if (_queue.TryTake(out dueNs))
            return GateAnswer.Begin;
        if (Closed || (WasReshared && !Share.Owns(user.Slot)))
            return GateAnswer.End;
        _idle.Push(user);
        return GateAnswer.Wait;
    }

    /// <inheritdoc/>
    public override void OnEnded(ScenarioUser user)
    {
        if (Share.Owns(user.Slot))
            _freeSlots.Push(user.Slot);
        _occupied?.Remove(user.Slot);
        if (user.ReservedDueNs >= 0)
        {
            // It did not get past its start: what it was to do is not done by anybody else, or a start that always fails would go round for ever.
            user.ReservedDueNs = -1;
            Drop(1);
        }

        // Posted, as a user that ends at once would else be followed by the next on the same stack.
        if (_queue.Count > 0 && !_refilling)
        {
            _refilling = true;
            Loop.Post(RefillPosted, this);
        }

        base.OnEnded(user);
    }

    /// <inheritdoc/>
    protected override void OnFollow(RunnerPlan plan)
    {
        if (_plan is not null)
            Offer(plan.StartNs, int.MaxValue);
        _plan = (ArrivalPlan)plan;
        var executor = _plan.Executor;
        Deal();
        _nextItem = 0;
        PlanNext();
        var ahead = Share.CountBelow(executor.PreAllocatedUsers);
        if (ahead > Users.Count)
            (_maker ??= new UserMaker(this)).Begin(ahead, Math.Max(MonotonicClock.Now, plan.StartNs - ahead * AheadNs));
        Continue(MonotonicClock.Now);
    }

    /// <inheritdoc/>
    protected override bool HasPlan => _plan is not null;

    /// <inheritdoc/>
    protected override void OnHandOver(long atNs)
    {
        // What is due at the instant itself is the next owner's.
        if (_plan is not null)
            Offer(atNs - 1, int.MaxValue);
    }

    /// <inheritdoc/>
    protected override void OnReshared(BucketSet before, ShareChange change)
    {
        _freeSlots.Clear();
        _usedSlots = 0;
        _occupied = [];
        Users.ForEach(user => _occupied.Add(user.Slot));
        if (Closed || _plan is not { } plan)
            return;
        Deal();
        _nextItem = _deal.OwnUsers == 0 ? _items : _deal.CountBelow(plan.Schedule.FirstFrom(change.AtNs - plan.StartNs));
        PlanNext();
        LeaveIdle(user => !Share.Owns(user.Slot));
        Continue(MonotonicClock.Now);
    }

    /// <inheritdoc/>
    protected override void OnClosed()
    {
        _maker?.Cancel();
        if (_plan is { } plan && MonotonicClock.Now >= plan.StartNs + plan.RegularEndNs)
            Offer(plan.StartNs + plan.RegularEndNs, int.MaxValue);
    }

    /// <inheritdoc/>
    protected override void OnRegularEnd(ScenarioUser user)
    {
        // Who is busy asks once more, and may find something in the queue.
        if (_idle.Count > 0)
            LeaveIdle(static _ => true);
    }

    /// <inheritdoc/>
    protected override bool HasSettled() => Closed && _queue.Count == 0;

    /// <inheritdoc/>
    protected override void GiveUpWaiting()
    {
        _idle.Clear();
        Drop(_queue.Clear());
    }

    internal override void OnDue(long nowNs) => Continue(nowNs);

    private void Continue(long nowNs)
    {
        if (!Offer(nowNs, MostAtOnce))
            Loop.Timers.Arm(this, nowNs + 1);
        else if (_nextItem < _items)
            Loop.Timers.Arm(this, _nextDueNs);
    }

    /// <summary>Starts what is due; false when there is more than it was allowed to start at once.</summary>
    private bool Offer(long untilNs, int most)
    {
        while (_nextItem < _items && _nextDueNs <= untilNs)
        {
            if (most-- == 0)
                return false;
            var dueNs = _nextDueNs;
            _nextItem++;
            PlanNext();
            _offered++;
            Loop.Recorder.IterationOffered(ScenarioIndex);
            if (_queue.Count > 0 || !TryStart(dueNs))
            {
                if (!_queue.TryAdd(dueNs, _queueLimit))
                    Drop(1);
            }
        }

        return true;
    }

    private bool TryStart(long dueNs)
    {
        if (_idle.TryPop(out var user))
        {
            user.ReservedDueNs = dueNs;
            user.Runtime.Unpark();
            return true;
        }

        return TryMake(dueNs);
    }

    private bool TryMake(long dueNs)
    {
        if (Users.Count >= _most)
            return false;
        var isNew = !_freeSlots.TryPop(out var slot);
        if (isNew)
            slot = NextSlot();
        var number = isNew && !WasReshared && slot < Setup.Numbers.Slots ? Setup.Numbers.At(slot) : Setup.Numbers.Extra();
        if (Users.Create(slot, Setup.ClassOf(slot), number) is not { } user)
        {
            _freeSlots.Push(slot);
            if (dueNs >= 0)
                Drop(1);
            return true;
        }

        user.ReservedDueNs = dueNs;
        Users.Begin(user);
        return true;
    }

    private void Refill()
    {
        _refilling = false;
        for (var most = MostAtOnce; most > 0 && _queue.Count > 0 && Users.Count < _most; most--)
        {
            _queue.TryTake(out var dueNs);
            TryStart(dueNs);
        }

        Settle();
    }

    private int NextSlot()
    {
        // Behind a change of the share there may be users in slots that come up.
        int slot;
        do
            slot = (int)Share.Nth(_usedSlots++);
        while (_occupied is not null && !_occupied.Add(slot));
        return slot;
    }

    private void LeaveIdle(Func<ScenarioUser, bool> which)
    {
        var idle = _idle.ToArray();
        _idle.Clear();
        foreach (var user in idle.Reverse())
        {
            if (which(user))
                user.LeaveWithin(ScenarioUser.WithoutEnd);
            else
                _idle.Push(user);
        }
    }

    private void Deal()
    {
        var executor = _plan!.Executor;
        _deal = new UserDeal(Share, executor.MaxUsers);
        _most = _deal.OwnUsers;
        _queueLimit = executor.WhenBusy == WhenBusy.Queue ? _deal.CountBelow(executor.QueueLimit) : 0;
        _items = _deal.CountBelow(_plan.Schedule.Count);
    }

    private void PlanNext()
    {
        if (_nextItem < _items)
            _nextDueNs = _plan!.StartNs + _plan.Schedule.DueNs(_deal.Nth(_nextItem));
    }

    private void Drop(long count)
    {
        if (count > 0)
            Loop.Recorder.IterationsDropped(ScenarioIndex, count);
    }

    /// <summary>Makes users before they are needed, one at a time.</summary>
    private sealed class UserMaker(ArrivalRunner runner) : LoopTimer
    {
        private long _wanted;
        private long _tries;

        public void Begin(long wanted, long atNs)
        {
            _wanted = _tries = wanted;
            runner.Loop.Timers.Arm(this, atNs);
        }

        public void Cancel() => runner.Loop.Timers.Disarm(this);

        internal override void OnDue(long nowNs)
        {
            // Counted down: users whose start fails are not made again and again.
            if (_tries-- > 0 && runner.Users.Count < _wanted)
            {
                runner.TryMake(-1);
                runner.Loop.Timers.Arm(this, nowNs + AheadNs);
            }
        }
    }
}
