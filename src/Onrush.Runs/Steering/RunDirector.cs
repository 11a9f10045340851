using Onrush.Engine;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>
/// Decides what the workers are told about the scenarios of a run: when each starts, and what changes. Knows no clock, no loop and no worker. Used by the
/// control thread, but for <see cref="Objection"/>.
/// </summary>
internal sealed class RunDirector
{
    private readonly SteeredScenario[] _scenarios;
    private bool _started;

    /// <param name="plan">The scenarios.</param>
    /// <param name="classes">All user classes of the run, by the index that orders use.</param>
    public RunDirector(IReadOnlyList<ScenarioPlan> plan, IReadOnlyList<UserClass> classes) => _scenarios = [.. plan.Select(p => SteeredScenario.Of(p, classes))];

    /// <summary>The scenarios, in the order of the plan.</summary>
    public IReadOnlyList<SteeredScenario> Scenarios => _scenarios;

    /// <summary>Users that the run is to have; where executors make them as they need them, the most there may be.</summary>
    public int TargetUsers => (int)Math.Min(int.MaxValue, _scenarios.Where(s => s.EndNs is null).Sum(s => (long)s.TargetUsers));

    /// <summary>Users per second of the last ramp; 0 where no scenario has ramps.</summary>
    public double SpawnRate => _scenarios.FirstOrDefault(s => s.SpawnRate > 0)?.SpawnRate ?? 0;

    /// <summary>Instant at which the last user that was ordered is due to start or stop.</summary>
    public long RampEndNs => _scenarios.Max(s => s.RampEndNs);

    /// <summary>Whether every scenario is over.</summary>
    public bool IsOver => _scenarios.All(s => s.EndNs is not null);

    /// <summary>Users for whom the machine has to have room; arrival rates make theirs when they need them.</summary>
    public int CertainUsers => (int)Math.Min(int.MaxValue, _scenarios.Where(s => s.Plan.Executor is not ArrivalRateExecutor).Sum(s => (long)s.TargetUsers));

    /// <summary>Starts what waits for nothing.</summary>
    /// <param name="atNs">The start of the run.</param>
    public List<ScenarioOrder> Start(long atNs)
    {
        _started = true;
        return [.. _scenarios.Where(s => s.Plan.After is null).Select(s => Start(s, atNs))];
    }

    /// <summary>Goes on where a director before was.</summary>
    /// <param name="orders">The last order for each scenario that had one.</param>
    /// <param name="facts">What was told of the scenarios last.</param>
    public void Restore(IEnumerable<ScenarioOrder> orders, IReadOnlyList<ScenarioFacts> facts)
    {
        foreach (var order in orders)
        {
            if (Array.Find(_scenarios, s => s.Plan.Name == order.Scenario) is not { } scenario)
                continue;
            _started = true;
            var fact = facts.FirstOrDefault(f => f.Name == order.Scenario);
            var startNs = order is StartOrder || fact?.StartUnixMs is not { } startMs ? order.AtNs : startMs * MonotonicClock.Millisecond;
            scenario.Restore(order, startNs, fact?.EndUnixMs * MonotonicClock.Millisecond);
        }
    }

    /// <summary>Notes which scenarios are over, and starts those that waited for them.</summary>
    /// <param name="atNs">Instant at which what is ordered takes effect.</param>
    /// <param name="hasEnded">Whether a scenario is over on every worker.</param>
    /// <param name="goesOn">Whether the run goes on; else nothing is started any more.</param>
    public List<ScenarioOrder> Advance(long atNs, Func<string, bool> hasEnded, bool goesOn)
    {
        var orders = new List<ScenarioOrder>();
        if (!_started)
            return orders;
        foreach (var scenario in _scenarios.Where(s => s.IsUnderWay && hasEnded(s.Plan.Name)))
        {
            scenario.EndNs = atNs;
            if (goesOn)
                orders.AddRange(_scenarios.Where(s => s.Plan.After == scenario.Plan.Name && s.StartNs is null).Select(s => Start(s, atNs)));
        }

        return orders;
    }

    /// <summary>Asks the load shapes that are under way.</summary>
    /// <param name="nowNs">The time now.</param>
    /// <param name="users">Users alive.</param>
    /// <exception cref="LoadTestException">A load shape failed.</exception>
    public List<ScenarioOrder> AskShapes(long nowNs, int users) =>
        [.. _scenarios.Where(s => s.IsUnderWay && s.StartNs <= nowNs).Select(s => s.Ask(nowNs, users)).OfType<ScenarioOrder>()];

    /// <summary>Scenarios whose load shape has said that it is over and that have not been told yet.</summary>
    public IEnumerable<string> ShapesOver => _scenarios.OfType<SteeredRamps>().Where(s => s is { ShapeIsOver: true, IsUnderWay: true }).Select(s => s.Plan.Name);

    /// <summary>Why a change cannot be; null when it can. Any thread.</summary>
    public string? Objection(string scenario, ScenarioChange change)
    {
        if (Array.Find(_scenarios, s => s.Plan.Name == scenario) is not { } found)
            return $"There is no scenario {scenario} (there is {string.Join(", ", _scenarios.Select(s => s.Plan.Name))}).";
        return found.Objection(change) is { } objection ? $"Scenario {scenario}: {objection}." : null;
    }

    /// <summary>The order for a change; null when the scenario does not run.</summary>
    public ScenarioOrder? Change(string scenario, ScenarioChange change, long atNs) =>
        Array.Find(_scenarios, s => s.Plan.Name == scenario) is { IsUnderWay: true } found && found.StartNs <= atNs ? found.Change(change, atNs) : null;

    /// <summary>The scenario that a change of users and spawn rate without a name means; null when there is none.</summary>
    public SteeredScenario? Ramped => _scenarios.FirstOrDefault(s => s is SteeredRamps && s.EndNs is null);

    private static ScenarioOrder Start(SteeredScenario scenario, long atNs) => scenario.Start(atNs + scenario.Plan.StartTime.Ticks * TimeSpan.NanosecondsPerTick);
}
