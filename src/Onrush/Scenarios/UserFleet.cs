using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>
/// All users of one worker: plans their ramps, hands the plans to the rosters of the loops, gathers what they measured. Called by the run's control
/// thread; everything on the loops happens by messages.
/// </summary>
internal sealed class UserFleet
{
    private readonly LoadEngine _engine;
    private readonly RosterSettings _settings;
    private readonly UserSequence _sequence;
    private readonly LoopRoster[] _rosters;
    private SpawnPlan? _plan;
    private long _nextNumber = 1;

    public UserFleet(LoadEngine engine, RosterSettings settings)
    {
        _engine = engine;
        _settings = settings;
        _sequence = new UserSequence(settings.Classes);
        _rosters = new LoopRoster[engine.Loops.Count];
    }

    /// <summary>Instant at which the last user of the present ramp is due, in monotonic nanoseconds; 0 before the first.</summary>
    public long RampEndNs => _plan?.Schedule.EndNs ?? 0;

    /// <summary>Most users the classes allow: only fixed counts have a limit.</summary>
    public int Limit => _sequence.Limit;

    /// <summary>Gives every loop its roster; before everything else.</summary>
    public Task PrepareAsync() => OnEveryLoopAsync(loop => _rosters[loop.Index] = new LoopRoster(loop, _settings));

    /// <summary>Users that the plan has at an instant.</summary>
    public int PlannedUsers(long nowNs) => _plan?.Schedule.UsersAt(nowNs) ?? 0;

    /// <summary>Ramps to another number of users, from now on.</summary>
    /// <param name="users">Number to reach; cut at <see cref="Limit"/>.</param>
    /// <param name="spawnRate">Users per second on the way.</param>
    /// <param name="startNs">Instant from which the new plan holds; a little ahead, so that all loops have it in time.</param>
    /// <param name="only">Classes that new users are of; empty for all.</param>
    public void Ramp(int users, double spawnRate, long startNs, IReadOnlyList<Type> only)
    {
        var present = PlannedUsers(startNs);
        var some = only.Count == 0 ? null : new SomeClasses(_settings.Classes, only);

        // Some of the classes may all have a fixed count where all together have no limit.
        users = (int)Math.Min(Math.Min(users, Limit), some is null ? int.MaxValue : (long)present + some.Sequence.Limit);
        var schedule = new SpawnSchedule(present, users, spawnRate, startNs);
        var classes = some is null ? ClassesOfAll(users) : some.ClassesOf(schedule);
        var plan = new SpawnPlan(schedule, _nextNumber, classes);
        if (schedule.Grows)
            _nextNumber += schedule.Steps;
        _plan = plan;
        foreach (var loop in _engine.Loops)
            loop.Post(_ => _rosters[loop.Index].Follow(plan), null);
    }

    /// <summary>Asks every user to leave.</summary>
    public void Leave() => OnEveryRoster(static roster => roster.LeaveAll());

    /// <summary>Lets requests under way come back, and nothing new begin.</summary>
    public void Drain() => OnEveryRoster(static roster => roster.DrainAll());

    /// <summary>Cuts every user that is left.</summary>
    public void Kill() => OnEveryRoster(static roster => roster.KillAll());

    /// <summary>Closes what is left of users whose code does not end.</summary>
    public void Abandon() => OnEveryRoster(static roster => roster.Abandon());

    /// <summary>
    /// Ends the interval on every loop. A loop that user code holds does not answer within <paramref name="patience"/>: it is left out, and its interval
    /// goes on until the next call.
    /// </summary>
    public IReadOnlyList<LoopReading> Read(TimeSpan patience)
    {
        var slots = new ReadingSlot[_engine.Loops.Count];
        using var patienceEnds = new CancellationTokenSource(patience);
        foreach (var loop in _engine.Loops)
        {
            var slot = slots[loop.Index] = new ReadingSlot();
            loop.Post(_ => slot.Fill(() => Read(loop, _rosters[loop.Index])), null);
        }

        return [.. slots.Select(slot => slot.Take(patienceEnds.Token)).OfType<LoopReading>()];
    }

    private int[] ClassesOfAll(int users)
    {
        var classes = new int[users];
        for (var slot = 0; slot < users; slot++)
            classes[slot] = _sequence.ClassOf(slot);
        return classes;
    }

    private static LoopReading Read(EngineLoop loop, LoopRoster roster)
    {
        var oldest = loop.InFlight.Count == 0 ? -1 : loop.InFlight.OldestStartNs;
        var interval = loop.Recorder.Swap(MonotonicClock.Now, loop.InFlight.Count, oldest);
        return new LoopReading(loop, interval, [.. roster.CountsByClass], roster.IsSpawning);
    }

    private Task OnEveryLoopAsync(Action<EngineLoop> action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = _engine.Loops.Count;
        foreach (var loop in _engine.Loops)
        {
            loop.Post(
                _ =>
                {
                    action(loop);
                    if (Interlocked.Decrement(ref left) == 0)
                        done.SetResult();
                },
                null);
        }

        return done.Task;
    }

    private void OnEveryRoster(Action<LoopRoster> action)
    {
        foreach (var loop in _engine.Loops)
            loop.Post(_ => action(_rosters[loop.Index]), null);
    }

    /// <summary>New users of some of the classes only.</summary>
    private sealed class SomeClasses(IReadOnlyList<UserClass> all, IReadOnlyList<Type> only)
    {
        private readonly int[] _indices = [.. Enumerable.Range(0, all.Count).Where(i => only.Contains(all[i].Type))];

        public UserSequence Sequence { get; } = new([.. all.Where(c => only.Contains(c.Type))]);

        public int[] ClassesOf(SpawnSchedule schedule)
        {
            var classes = new int[schedule.Target];
            for (var slot = schedule.From; slot < schedule.Target; slot++)
                classes[slot] = _indices[Sequence.ClassOf(slot - schedule.From)];
            return classes;
        }
    }
}
