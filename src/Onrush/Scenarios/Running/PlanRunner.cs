using Onrush.Engine;
using Onrush.Measurement;

namespace Onrush.Scenarios;

/// <summary>
/// The worker's side of a run: carries out its share of a plan on the loops of this process. It is given the plan once, then orders; it hands out what the
/// loops measured, and knows when a scenario is over. Used by one control thread; everything on the loops happens by messages.
/// </summary>
internal sealed class PlanRunner
{
    private readonly LoadEngine _engine;
    private readonly RunSetup _setup;
    private readonly ScenarioRun[] _scenarios;
    private readonly LoopDeal _deal;

    public PlanRunner(LoadEngine engine, RunSetup setup, IReadOnlyList<ScenarioPlan> plan)
    {
        _engine = engine;
        _setup = setup;
        var numbers = UserNumbers.Of([.. plan.Select(scenario => SlotsOf(scenario.Executor))], setup.Worker);
        _deal = new LoopDeal(setup.Share, engine.Loops.Count);
        _scenarios = [.. plan.Select((scenario, i) => new ScenarioRun(new ScenarioSetup(setup, scenario, numbers[i], _deal), engine.Loops))];
    }

    /// <summary>Users alive.</summary>
    public int Alive => _scenarios.Sum(scenario => scenario.Alive);

    /// <summary>Users that did not end although they were cut.</summary>
    public int Abandoned => _scenarios.Sum(scenario => scenario.Abandoned);

    /// <summary>Whether every scenario is over.</summary>
    public bool IsOver => Array.TrueForAll(_scenarios, scenario => scenario.IsOver);

    /// <summary>Whether a scenario is over on this worker.</summary>
    public bool HasEnded(string scenario) => Find(scenario).IsOver;

    /// <summary>Gives every loop its part; before everything else.</summary>
    public Task PrepareAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = _engine.Loops.Count;
        foreach (var loop in _engine.Loops)
        {
            loop.Post(
                _ =>
                {
                    foreach (var scenario in _scenarios)
                        scenario.Prepare(loop);
                    if (Interlocked.Decrement(ref left) == 0)
                        done.SetResult();
                },
                null);
        }

        return done.Task;
    }

    /// <summary>Carries an order out.</summary>
    public void Apply(ScenarioOrder order) => Find(order.Scenario).Apply(order);

    /// <summary>Has another share from an instant on, in nanoseconds of the monotonic clock.</summary>
    /// <param name="share">What it has from then on.</param>
    /// <param name="moved">All that goes from one worker to another.</param>
    /// <param name="atNs">The instant.</param>
    public void Reshare(BucketSet share, BucketSet moved, long atNs)
    {
        _deal.Change(share);
        foreach (var scenario in _scenarios)
            scenario.Reshare(atNs, moved);
    }

    /// <summary>Adds iterations to those that a scenario has here, where their number is fixed.</summary>
    public void Grant(string scenario, long iterations) => Find(scenario).Grant(iterations);

    /// <summary>Iterations that a scenario has left here, where their number is fixed; else 0.</summary>
    public long QuotaLeft(string scenario) => Find(scenario).QuotaLeft;

    /// <summary>Says that iterations that are left are not dropped but go to other workers.</summary>
    public void HandBack()
    {
        foreach (var scenario in _scenarios)
            scenario.HandBack();
    }

    /// <summary>Ends everything: nothing new begins, iterations get so much time, then requests a second, then everybody is cut.</summary>
    public void End(TimeSpan patience)
    {
        foreach (var scenario in _scenarios)
            scenario.End(patience.Ticks * TimeSpan.NanosecondsPerTick);
    }

    /// <summary>Cuts everybody.</summary>
    public void Kill()
    {
        foreach (var scenario in _scenarios)
            scenario.Kill();
    }

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
            loop.Post(_ => slot.Fill(() => Read(loop)), null);
        }

        return [.. slots.Select(slot => slot.Take(patienceEnds.Token)).OfType<LoopReading>()];
    }

    private LoopReading Read(EngineLoop loop)
    {
        var byClass = new int[_setup.Classes.Count];
        var gauges = new ScenarioGauge[_scenarios.Length];
        var spawning = false;
        for (var i = 0; i < gauges.Length; i++)
        {
            var runner = _scenarios[i].On(loop);
            gauges[i] = new ScenarioGauge(runner.AddCounts(byClass), runner.Waiting);
            spawning |= runner.IsSpawning;
        }

        var oldest = loop.InFlight.Count == 0 ? -1 : loop.InFlight.OldestStartNs;
        var interval = loop.Recorder.Swap(MonotonicClock.Now, loop.InFlight.Count, oldest);
        return new LoopReading(loop, interval, byClass, gauges, spawning);
    }

    private ScenarioRun Find(string name) =>
        Array.Find(_scenarios, scenario => scenario.Name == name) ?? throw new ArgumentException($"There is no scenario {name}.", nameof(name));

    private static int? SlotsOf(Executor executor) => executor switch
    {
        ArrivalRateExecutor arrivals => arrivals.MaxUsers,
        UserExecutor users => users.Schedule().MostUsers,
        _ => null,
    };
}
