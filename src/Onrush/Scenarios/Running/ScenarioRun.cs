using Onrush.Engine;

namespace Onrush.Scenarios;

/// <summary>One scenario on all loops of a worker. Used by the control thread; what happens on the loops is posted to them.</summary>
internal sealed class ScenarioRun
{
    private readonly ScenarioSetup _setup;
    private readonly ScenarioRunner[] _runners;
    private readonly IReadOnlyList<EngineLoop> _loops;
    private int _revision;
    private bool _ordered;
    private bool _ended;

    public ScenarioRun(ScenarioSetup setup, IReadOnlyList<EngineLoop> loops)
    {
        _setup = setup;
        _loops = loops;
        _runners = new ScenarioRunner[loops.Count];
    }

    /// <summary>Its name.</summary>
    public string Name => _setup.Plan.Name;

    /// <summary>Users alive.</summary>
    public int Alive => _setup.Alive.Alive;

    /// <summary>Users that did not end although they were cut.</summary>
    public int Abandoned => _setup.Abandoned;

    /// <summary>
    /// Whether everything is done here: it was started or ended, no loop starts anything any more, nobody is alive. Loops are looked at before the count, as
    /// one that has settled makes no user.
    /// </summary>
    public bool IsOver => (_ordered || _ended) && _runners.All(runner => runner.Revision == _revision && runner.IsSettled) && Alive == 0;

    /// <summary>The part of a loop; on that loop.</summary>
    public ScenarioRunner On(EngineLoop loop) => _runners[loop.Index];

    /// <summary>Makes the part of a loop; on that loop.</summary>
    public void Prepare(EngineLoop loop) => _runners[loop.Index] =
        _setup.Plan.Executor is ArrivalRateExecutor ? new ArrivalRunner(loop, _setup) : new SlotRunner(loop, _setup);

    /// <summary>Hands an order to every loop.</summary>
    public void Apply(ScenarioOrder order)
    {
        if (order is EndOrder)
        {
            End(_setup.Plan.GracefulStop.Ticks * TimeSpan.NanosecondsPerTick);
            return;
        }

        _ordered = true;
        var plan = PlanOf(order, ++_revision);
        OnEveryLoop(runner => runner.Follow(plan));
    }

    /// <summary>Gives every loop another share from an instant on.</summary>
    /// <param name="atNs">The instant, in nanoseconds of the monotonic clock.</param>
    /// <param name="moved">All that goes from one worker to another.</param>
    public void Reshare(long atNs, BucketSet moved)
    {
        var revision = ++_revision;
        foreach (var loop in _loops)
        {
            var change = new ShareChange(revision, atNs, _setup.LoopDeal[loop.Index], moved);
            loop.Post(_ => _runners[loop.Index].Follow(change), null);
        }
    }

    /// <summary>Iterations that nobody here has begun, where their number is fixed; else 0.</summary>
    public long QuotaLeft => _setup.Quota?.Left ?? 0;

    /// <summary>Adds iterations that another worker has left undone.</summary>
    public void Grant(long iterations)
    {
        if (_setup.Quota is not { } quota)
            return;
        quota.Grant(iterations);
        OnEveryLoop(static runner => runner.OnGranted());
    }

    /// <summary>Says that iterations that are left go to other workers.</summary>
    public void HandBack() => _setup.Quota?.HandBack();

    /// <summary>Ends it before its time.</summary>
    public void End(long patienceNs)
    {
        _ended = true;
        OnEveryLoop(runner => runner.End(patienceNs));
    }

    /// <summary>Cuts it.</summary>
    public void Kill()
    {
        _ended = true;
        OnEveryLoop(static runner => runner.Kill());
    }

    private RunnerPlan PlanOf(ScenarioOrder order, int revision) => (order, _setup.Plan.Executor) switch
    {
        (StartOrder, ArrivalRateExecutor executor) => new ArrivalPlan(revision, order.AtNs, executor, executor.Schedule()),
        (ArrivalOrder arrivals, _) => new ArrivalPlan(revision, order.AtNs, arrivals.Executor, arrivals.Executor.Schedule()),
        (StartOrder, RampingUsersExecutor executor) => Lines(revision, order.AtNs, executor, executor.Schedule(), executor.Stages[^1].Target == 0),
        (StartOrder, UserExecutor executor) => new SlotPlan(revision, order.AtNs, executor.Schedule()),
        (LinesOrder lines, var executor) => Lines(
            revision, order.AtNs, executor as RampingUsersExecutor, new RampingUserSchedule(lines.From, lines.Stages), lines.Stages[^1].Target == 0),
        (RampOrder ramp, _) => new SlotPlan(revision, order.AtNs, new SpawnSchedule(ramp.From, ramp.Target, ramp.Rate, ramp.LengthNs))
        {
            FirstIndex = ramp.FirstIndex,
            Classes = _setup.ClassesOf(ramp),
            SpawnRate = ramp.Rate,
            StaysEmpty = ramp.Target == 0,
        },
        var (_, executor) => throw new InvalidOperationException($"{order.GetType().Name} does not fit {executor.Kind}."),
    };

    private static SlotPlan Lines(int revision, long atNs, RampingUsersExecutor? executor, IUserSchedule schedule, bool staysEmpty) =>
        new(revision, atNs, schedule)
        {
            PatienceNs = executor?.GracefulRampDown.Nanoseconds() ?? ScenarioUser.WithoutEnd,
            StaysEmpty = staysEmpty,
        };

    private void OnEveryLoop(Action<ScenarioRunner> action)
    {
        foreach (var loop in _loops)
            loop.Post(_ => action(_runners[loop.Index]), null);
    }
}
