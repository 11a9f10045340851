using Onrush.Engine;

namespace Onrush.Scenarios;

/// <summary>
/// The users of one loop. Follows the run's spawn plan by itself, exact to the due time of each user, and touches only the slots that are the loop's own
/// (slot modulo number of loops). Owned by the loop's thread.
/// </summary>
internal sealed class LoopRoster : LoopTimer
{
    private readonly EngineLoop _loop;
    private readonly RosterSettings _settings;
    private readonly List<LiveUser> _live = [];
    private readonly List<LiveUser?> _slots = [];
    private readonly int[] _counts;
    private readonly int _scenario;
    private readonly Action<LoopUser, string, Exception> _errorRaised;
    private SpawnPlan? _plan;
    private int _step;
    private bool _closed;

    public LoopRoster(EngineLoop loop, RosterSettings settings)
    {
        _loop = loop;
        _settings = settings;
        _counts = new int[settings.Classes.Count];
        _scenario = loop.Recorder.Scenario(settings.Scenario);
        _errorRaised = (user, task, exception) => settings.Events.Raise(new UserErrorRaised(user.UserClass, user.Number, task, exception));
    }

    /// <summary>Users alive.</summary>
    public int Count => _live.Count;

    /// <summary>Users alive by class.</summary>
    public IReadOnlyList<int> CountsByClass => _counts;

    /// <summary>Whether the plan has steps left.</summary>
    public bool IsSpawning => _plan is { } plan && _step < plan.Schedule.Steps;

    /// <summary>Goes over to another plan at its start; what the old one had due before that is done first.</summary>
    public void Follow(SpawnPlan plan)
    {
        if (_closed)
            return;
        if (_plan is { } old)
            Take(old.Schedule.StepsDue(plan.Schedule.StartNs));
        _plan = plan;
        _step = 0;
        Continue(MonotonicClock.Now);
    }

    /// <summary>Starts nobody any more and asks everybody to leave.</summary>
    public void LeaveAll()
    {
        _closed = true;
        _plan = null;
        _loop.Timers.Disarm(this);
        ForEach(static live => live.Runtime.Leave());
    }

    /// <summary>Lets requests under way come back, and nothing new begin.</summary>
    public void DrainAll() => ForEach(static live => live.Runtime.Drain());

    /// <summary>Cuts everybody who is left.</summary>
    public void KillAll() => ForEach(static live =>
    {
        live.User.Cut();
        live.Runtime.Kill();
    });

    /// <summary>Takes those who did not end from the count, and closes what they have: their code waits for something the engine cannot end.</summary>
    public int Abandon()
    {
        var abandoned = _live.Count;
        ForEach(live =>
        {
            live.Runtime.Resource?.Close();
            End(live);
        });
        return abandoned;
    }

    internal override void OnDue(long nowNs) => Continue(nowNs);

    private void Continue(long nowNs)
    {
        var schedule = _plan!.Schedule;
        Take(schedule.StepsDue(nowNs));

        // Steps of other loops are passed over, so that one timer serves all of one's own.
        while (_step < schedule.Steps && !IsOwn(schedule.SlotOf(_step)))
            _step++;
        if (_step < schedule.Steps)
            _loop.Timers.Arm(this, schedule.DueNs(_step));
    }

    private void Take(int end)
    {
        var plan = _plan!;
        for (; _step < end; _step++)
        {
            var slot = plan.Schedule.SlotOf(_step);
            if (!IsOwn(slot))
                continue;
            if (plan.Schedule.Grows)
                Spawn(slot, plan.Classes[slot], plan.FirstNumber + _step);
            else if (TakeOut(slot) is { } leaving)
                leaving.Runtime.Leave();
        }
    }

    private void Put(int slot, LiveUser live)
    {
        var own = slot / _settings.Loops;
        while (_slots.Count <= own)
            _slots.Add(null);
        _slots[own] = live;
    }

    private LiveUser? TakeOut(int slot)
    {
        var own = slot / _settings.Loops;
        if (own >= _slots.Count)
            return null;
        var live = _slots[own];
        _slots[own] = null;
        return live;
    }

    private bool IsOwn(int slot) => slot % _settings.Loops == _loop.Index;

    private void Spawn(int slot, int classIndex, long number)
    {
        var userClass = _settings.Classes[classIndex];
        var runtime = new LoopUser(_loop, _scenario, userClass.Name, _settings.StopTest) { Number = number, ErrorRaised = _errorRaised };
        _loop.CurrentUser = runtime;
        try
        {
            var user = userClass.Create();
            user.Events = _settings.Events;
            user.Scope = _settings.Scope;
            user.Attach(runtime, userClass, number, _settings.Seed, _settings.Host);
            var live = new LiveUser(user, runtime, classIndex) { Index = _live.Count };
            _live.Add(live);
            Put(slot, live);
            _counts[classIndex]++;
            _settings.Count.Add();
            _ = RunAsync(live, slot);
        }
        catch (Exception exception)
        {
            // A constructor or a setting of the class that throws: counted like a start that failed, never the end of the loop.
            runtime.UserError("constructor", exception);
            runtime.UserStarted(false);
        }
    }

    private async Task RunAsync(LiveUser live, int slot)
    {
        await live.User.RunAsync();
        await live.Runtime.EnsureOnLoopAsync();
        var own = slot / _settings.Loops;
        if (own < _slots.Count && ReferenceEquals(_slots[own], live))
            _slots[own] = null;
        End(live);
    }

    private void End(LiveUser live)
    {
        if (live.Runtime.State == UserState.Ended)
            return;
        live.Runtime.End();
        _counts[live.Class]--;
        var last = _live[^1];
        _live[live.Index] = last;
        last.Index = live.Index;
        _live.RemoveAt(_live.Count - 1);
        _settings.Count.Remove();
    }

    private void ForEach(Action<LiveUser> action)
    {
        // From the end, as a user that ends at once takes its place out of the list.
        foreach (var live in _live.ToArray())
            action(live);
    }
}
