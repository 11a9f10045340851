using Onrush.Engine;

namespace Onrush.Scenarios;

/// <summary>One scenario on all loops of a worker. Used by the control thread; what happens on the loops is posted to them.</summary>
internal sealed class ScenarioRun
{
    private readonly ScenarioSetup _setup;
    private readonly ScenarioRunner[] _runners;
    private readonly IReadOnlyList<EngineLoop> _loops;
    private int _revision;
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
    public bool IsOver => (_revision > 0 || _ended) && _runners.All(runner => runner.Revision == _revision && runner.IsSettled) && Alive == 0;

    /// <summary>The part of a loop; on that loop.</summary>
    public ScenarioRunner On(EngineLoop loop) => _runners[loop.Index];

    /// <summary>Makes the part of a loop; on that loop.</summary>
    public void Prepare(EngineLoop loop) => _runners[loop.Index] =
        _setup.Plan.Executor is ArrivalRateExecutor ? new ArrivalRunner(loop, _setup) : new SlotRunner(loop, _setup);

    /// <summary>Hands an order to every loop.</summary>
    public void Apply(ScenarioOrder order)
    {
        var plan = PlanOf(order, ++_revision);
        OnEveryLoop(runner => runner.Follow(plan));
    }

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
