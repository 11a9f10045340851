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

    /// <inheritdoc/>
    public override bool IsSpawning => !Closed && _plan is { } plan && _step < plan.Schedule.Steps;

    /// <inheritdoc/>
    public override GateAnswer Ask(ScenarioUser user, ref long dueNs)
    {
        if (!_quota!.TryTake(user))
            return GateAnswer.End;
        Taken++;
        return GateAnswer.Begin;
    }

    /// <inheritdoc/>
    public override void OnEnded(ScenarioUser user)
    {
        ref var slot = ref _slots[Own(user.Slot)];
        if (ReferenceEquals(slot.User, user))
        {
            slot.User = null;
            if (slot.IsAwaited)
                Spawn(user.Slot, step: -1);
        }

        base.OnEnded(user);
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
        foreach (ref var slot in _slots.AsSpan())
            slot.IsWanted = slot.IsAwaited = false;
    }

    /// <inheritdoc/>
    protected override bool HasSettled() => Closed || (_plan is { StaysEmpty: false } plan && _step == plan.Schedule.Steps);

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
        if (own >= _slots.Length)
            Array.Resize(ref _slots, Math.Max(own + 1, _slots.Length * 2));
        ref var place = ref _slots[own];
        if (place.IsWanted)
            return;
        place.IsWanted = true;
        place.Class = _plan!.Classes is { } classes ? classes[slot] : Setup.ClassOf(slot);
        if (place.User is null)
            Spawn(slot, _step);
        else
            place.IsAwaited = !place.User.TryStay();
    }

    private void Empty(int slot)
    {
        var own = Own(slot);
        if (own >= _slots.Length)
            return;
        ref var place = ref _slots[own];
        place.IsWanted = place.IsAwaited = false;
        place.User?.LeaveWithin(_plan!.PatienceNs);
    }

    private void Spawn(int slot, long step)
    {
        var own = Own(slot);
        var plan = _plan!;
        var number = plan.FirstIndex >= 0 && step >= 0 ? Setup.Numbers.At(plan.FirstIndex + step)
            : plan.FirstIndex < 0 && !_slots[own].WasFilled && slot < Setup.Numbers.Slots ? Setup.Numbers.At(slot)
            : Setup.Numbers.Extra();
        _slots[own].WasFilled = true;
        _slots[own].IsAwaited = false;
        if (Users.Create(slot, _slots[own].Class, number) is not { } user)
            return;
        _slots[own].User = user;
        Users.Begin(user);
    }

    private int Own(int slot) => slot / Share.Workers / Share.Loops;

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

        /// <summary>Whether it ever had a user.</summary>
        public bool WasFilled;
    }
}
