using Onrush.Engine;
using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>
/// One user of a scenario between its spawn and its end. Owned by its loop. Its states are those of <see cref="UserState"/>:
/// <code>
/// state               event                           then      what happens
/// running             told to leave within t          leaving   waits end at once, an iteration may finish; t begins (t may be without end)
/// leaving             wanted again, code not told     running   the same user goes on; t no longer holds
/// leaving             wanted again, code told         leaving   its slot gets another user once it has ended
/// leaving             told to leave within t          leaving   the earlier end holds
/// leaving             t is over                       draining  nothing new begins, requests under way may come back; one second begins
/// draining            the second is over              killed    requests under way are cancelled, code gets an exception; five seconds begin
/// running to draining told to die                     killed    the same
/// killed              the five seconds are over       ended     abandoned: what it has is closed and it no longer counts, whatever its code does
/// draining, killed    told to leave, wanted again     as it is  nothing
/// any                 its code has returned           ended     it no longer counts
/// </code>
/// With t = 0 a user that is told to leave drains at once. Its code is told when it asks whether to go on, and when a wait between two iterations ends.
/// </summary>
internal sealed class ScenarioUser(ScenarioRunner runner, User user, LoopUser runtime, int classIndex, int slot) : Deadline, IIterationGate
{
    /// <summary>For <see cref="LeaveWithin"/>: an iteration may take as long as it likes.</summary>
    public const long WithoutEnd = long.MaxValue;

    /// <summary>How long requests under way may come back.</summary>
    public const long DrainNs = MonotonicClock.Second;

    /// <summary>How long the code of a user may take to end once it was cut.</summary>
    public const long KillNs = 5 * MonotonicClock.Second;

    /// <summary>The load test's side.</summary>
    public User User { get; } = user;

    /// <summary>The engine's side.</summary>
    public LoopUser Runtime { get; } = runtime;

    /// <summary>Index of its class.</summary>
    public int Class { get; } = classIndex;

    /// <summary>Which user of the scenario it is; another one may have had the slot before.</summary>
    public int Slot { get; } = slot;

    /// <summary>Where it stands in the list of its pool.</summary>
    public int Index { get; set; }

    /// <summary>Iterations it was given, where the scenario counts them.</summary>
    public long Taken { get; set; }

    /// <summary>Whether it came in the place of a user of another worker.</summary>
    public bool IsSuccessor { get; init; }

    /// <summary>Instant of the iteration that was handed to it and that it has not begun; -1 when there is none.</summary>
    public long ReservedDueNs { get; set; } = -1;

    /// <summary>Asks it to leave, and gives its iteration so many nanoseconds.</summary>
    public void LeaveWithin(long patienceNs)
    {
        if (Runtime.State > UserState.Leaving)
            return;
        Runtime.Leave();

        // A user that was waiting has ended by now.
        if (Runtime.State != UserState.Leaving || patienceNs == WithoutEnd)
            return;
        if (patienceNs <= 0)
            Drain();
        else
            Expect(patienceNs);
    }

    /// <summary>Takes back that it was asked to leave; false when it is too late for that.</summary>
    public bool TryStay()
    {
        if (!Runtime.TryStay())
            return false;
        DeadlineQueue.Remove(this);
        return true;
    }

    /// <summary>Cuts it.</summary>
    public void Kill()
    {
        if (Runtime.State >= UserState.Killed)
            return;
        DeadlineQueue.Remove(this);
        User.Cut();
        Runtime.Kill();
        if (Runtime.State != UserState.Ended)
            Expect(KillNs);
    }

    /// <inheritdoc/>
    GateAnswer IIterationGate.Ask(ref long dueNs) => runner.Ask(this, ref dueNs);

    internal override void OnExpired()
    {
        if (Runtime.State == UserState.Leaving)
            Drain();
        else if (Runtime.State == UserState.Draining)
            Kill();
        else if (Runtime.State == UserState.Killed)
            runner.Abandon(this);
    }

    private void Drain()
    {
        DeadlineQueue.Remove(this);
        Runtime.Drain();
        if (Runtime.State != UserState.Ended)
            Expect(DrainNs);
    }

    private void Expect(long patienceNs)
    {
        var nowNs = MonotonicClock.Now;
        if (Queue is not null && DueNs <= nowNs + patienceNs)
            return;
        DeadlineQueue.Remove(this);
        Runtime.Loop.Deadlines(patienceNs).Add(this, nowNs);
    }
}
