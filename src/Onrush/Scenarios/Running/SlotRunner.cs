using Onrush.Engine;
using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>
/// Users by slot: fills and empties its own slots exactly when each is due. A slot that is wanted again while its user has not been told to end keeps that
/// user. A user that ends by itself leaves its slot empty.
/// </summary>
internal sealed class SlotRunner(EngineLoop loop, ScenarioSetup setup) : ScenarioRunner(loop, setup)
{
    private readonly IterationQuota? _quota = setup.Quota;
    private Slot[] _slots = new Slot[16];
    private SlotPlan? _plan;
    private long _step;
    private SuccessorTimer? _successors;

    /// <inheritdoc/>
    public override bool IsSpawning => !Closed && _plan is { } plan && (_step < plan.Schedule.Steps || _successors is { IsDone: false });

    /// <inheritdoc/>
    public override GateAnswer Ask(ScenarioUser user, ref long dueNs)
    {
        if (!_quota!.TryTake(user))
            return GateAnswer.End;
        return GateAnswer.Begin;
    }

    /// <inheritdoc/>
    public override void OnEnded(ScenarioUser user)
    {
        // A slot that went to another worker is none of this one's business.
        if (Share.Owns(user.Slot))
        {
            ref var slot = ref _slots[Own(user.Slot)];
            if (ReferenceEquals(slot.User, user))
            {
                slot.User = null;
                if (slot.IsAwaited)
                    Spawn(user.Slot, slot.AwaitedNumber);
            }
        }

        base.OnEnded(user);
    }

    /// <inheritdoc/>
    protected override bool HasPlan => _plan is not null;

    /// <inheritdoc/>
    protected override void OnHandOver(long atNs)
    {
        if (_plan is not null)
            Take(atNs, int.MaxValue);
    }

    /// <inheritdoc/>
    protected override void OnReshared(BucketSet before, ShareChange change)
    {
        var leaving = Carry(before);
        if (!Closed && _plan is { } plan)
        {
            Succeed(plan, before, change);
            _step = plan.Schedule.FirstAfter(change.AtNs - plan.StartNs);
            Continue(MonotonicClock.Now);
        }

        // Iterations of one's own stay with a user that is here: nobody is granted them as long as this worker has a share.
        if (_quota is { IsPerUser: true } && Share.Count > 0)
            return;
        var patienceNs = Setup.Plan.GracefulStop.Ticks * TimeSpan.NanosecondsPerTick;
        foreach (var user in leaving)
            user.LeaveWithin(patienceNs);
    }

    /// <inheritdoc/>
    protected override void OnFollow(RunnerPlan plan)
    {
        if (_plan is not null)
            Take(plan.StartNs, int.MaxValue);
        _plan = (SlotPlan)plan;
        _step = 0;
        Continue(MonotonicClock.Now);
    }

    /// <inheritdoc/>
    protected override void OnClosed()
    {
        _successors?.Cancel();
        foreach (ref var slot in _slots.AsSpan())
            slot.IsWanted = slot.IsAwaited = slot.IsPromised = false;
    }

    /// <inheritdoc/>
    protected override bool HasSettled() => Closed || (_plan is { StaysEmpty: false } plan && _step == plan.Schedule.Steps && _successors is not { IsDone: false });

    internal override void OnDue(long nowNs)
    {
        Continue(nowNs);
        Settle();
    }

    private void Continue(long nowNs)
    {
        var plan = _plan!;
        if (!Take(nowNs, MostAtOnce))
        {
            Loop.Timers.Arm(this, nowNs + 1);
            return;
        }

        // Steps of other loops are passed over, so that one timer serves all of one's own.
        for (; _step < plan.Schedule.Steps; _step++)
        {
            var step = plan.Schedule.Step(_step);
            if (Share.Owns(step.Slot))
            {
                Loop.Timers.Arm(this, plan.StartNs + step.DueNs);
                return;
            }
        }
    }

    /// <summary>Does what is due; false when there is more than it was allowed to start at once.</summary>
    private bool Take(long untilNs, int most)
    {
        var plan = _plan!;
        while (_step < plan.Schedule.Steps)
        {
            var step = plan.Schedule.Step(_step);
            if (plan.StartNs + step.DueNs > untilNs)
                break;
            if (Share.Owns(step.Slot))
            {
                if (most-- == 0)
                    return false;
                if (step.Start)
                    Fill(step.Slot);
                else
                    Empty(step.Slot);
            }

            _step++;
        }

        return true;
    }

    private void Fill(int slot)
    {
        var own = Own(slot);
        MakeRoom(own);
        ref var place = ref _slots[own];
        if (place.IsWanted)
            return;
        place.IsWanted = true;
        place.Class = _plan!.Classes is { } classes ? classes[slot] : Setup.ClassOf(slot);
        if (place.User is null)
            Spawn(slot, NumberOf(slot, _step));
        else if (!place.User.TryStay())
            (place.IsAwaited, place.AwaitedNumber) = (true, NumberOf(slot, _step));
    }

    private void Empty(int slot)
    {
        var own = Own(slot);
        if (own >= _slots.Length)
            return;
        ref var place = ref _slots[own];
        place.IsWanted = place.IsAwaited = place.IsPromised = false;
        place.User?.LeaveWithin(_plan!.PatienceNs);
    }

    private long NumberOf(int slot, long step)
    {
        var plan = _plan!;
        if (plan.FirstIndex >= 0)
            return Setup.Numbers.At(plan.FirstIndex + step);
        return WasReshared || _slots[Own(slot)].WasFilled || slot >= Setup.Numbers.Slots ? Setup.Numbers.Extra() : Setup.Numbers.At(slot);
    }

    private void Spawn(int slot, long number, bool isSuccessor = false)
    {
        var own = Own(slot);
        _slots[own].WasFilled = true;
        _slots[own].IsAwaited = false;
        if (Users.Create(slot, _slots[own].Class, number, isSuccessor) is not { } user)
            return;
        _slots[own].User = user;
        Users.Begin(user);
    }

    private int Own(int slot) => (int)Share.CountBelow(slot);

    /// <summary>Brings what is kept to its new place, and gives the users that are not.</summary>
    private List<ScenarioUser> Carry(BucketSet before)
    {
        var old = _slots;
        _slots = new Slot[old.Length];
        var leaving = new List<ScenarioUser>();
        for (var i = 0; i < old.Length && before.Count > 0; i++)
        {
            var slot = (int)before.Nth(i);
            if (!Share.Owns(slot))
            {
                if (old[i].User is { } user)
                    leaving.Add(user);
            }
            else if (old[i].User is not null || old[i].IsWanted || old[i].WasFilled)
            {
                MakeRoom(Own(slot));
                _slots[Own(slot)] = old[i];
            }
        }

        return leaving;
    }

    /// <summary>Plans users for the slots that were another worker's and that the plan has somebody in, all workers by one order and at one rate.</summary>
    private void Succeed(SlotPlan plan, BucketSet before, ShareChange change)
    {
        var present = plan.Schedule.UsersAt(change.AtNs - plan.StartNs);
        var spacingNs = plan.SpawnRate > 0 ? MonotonicClock.Second / plan.SpawnRate : 0;
        _successors ??= new SuccessorTimer(this);
        if (Share.Count == 0)
            return;
        for (long i = 0; Share.Nth(i) is var slot && slot < present; i++)
        {
            if (before.Owns(slot))
                continue;
            MakeRoom(Own((int)slot));
            _slots[Own((int)slot)].IsPromised = true;

            // Without iterations to do they would end at once; they come when some are granted.
            if (_quota is { HasGrant: false })
                continue;
            _successors.Add((int)slot, change.AtNs + (long)Math.Min(change.Moved.CountBelow(slot) * spacingNs, long.MaxValue / 4));
        }

        if (_successors.IsDone)
            return;
        Reopen();
        _successors.Begin();
    }

    /// <inheritdoc/>
    public override void OnGranted()
    {
        if (Closed || _plan is null || Share.Count == 0)
            return;
        for (var own = 0; own < _slots.Length; own++)
        {
            if (_slots[own].IsPromised)
                (_successors ??= new SuccessorTimer(this)).Add((int)Share.Nth(own), MonotonicClock.Now);
        }

        if (_successors is not { IsDone: false })
            return;
        Reopen();
        _successors.Begin();
    }

    private void Fulfil(int slot)
    {
        // Who has lost the slot again, or has been told that nobody is wanted in it, has nothing to do.
        if (!Share.Owns(slot) || Own(slot) is var own && !_slots[own].IsPromised)
            return;
        ref var place = ref _slots[own];
        place.IsPromised = false;
        if (place.IsWanted)
            return;
        place.IsWanted = true;
        place.Class = _plan!.Classes is { } classes && slot < classes.Length ? classes[slot] : Setup.ClassOf(slot);
        if (place.User is null)
            Spawn(slot, Setup.Numbers.Extra(), isSuccessor: true);
    }

    private void MakeRoom(int own)
    {
        if (own >= _slots.Length)
            Array.Resize(ref _slots, Math.Max(own + 1, _slots.Length * 2));
    }

    /// <summary>Starts users in the place of another worker's, each at its instant.</summary>
    private sealed class SuccessorTimer(SlotRunner runner) : LoopTimer
    {
        private readonly Queue<(int Slot, long DueNs)> _waiting = new();

        /// <summary>Whether all were started.</summary>
        public bool IsDone => _waiting.Count == 0;

        public void Add(int slot, long dueNs) => _waiting.Enqueue((slot, dueNs));

        public void Begin()
        {
            if (_waiting.TryPeek(out var next) && !IsArmed)
                runner.Loop.Timers.Arm(this, next.DueNs);
        }

        public void Cancel()
        {
            runner.Loop.Timers.Disarm(this);
            _waiting.Clear();
        }

        internal override void OnDue(long nowNs)
        {
            for (var most = MostAtOnce; most > 0 && _waiting.TryPeek(out var next) && next.DueNs <= nowNs; most--)
            {
                _waiting.Dequeue();
                runner.Fulfil(next.Slot);
            }

            Begin();
            runner.Settle();
        }
    }

    private record struct Slot
    {
        /// <summary>Who is in it, also one who is on the way out.</summary>
        public ScenarioUser? User;

        /// <summary>Index of the class that the plan has in it.</summary>
        public int Class;

        /// <summary>Whether the plan has a user in it.</summary>
        public bool IsWanted;

        /// <summary>Whether another user is to come once the present one has ended.</summary>
        public bool IsAwaited;

        /// <summary>Number of that user.</summary>
        public long AwaitedNumber;

        /// <summary>Whether a user is to come in the place of another worker's.</summary>
        public bool IsPromised;

        /// <summary>Whether it ever had a user.</summary>
        public bool WasFilled;
    }
}
