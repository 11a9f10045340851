using System.Collections.Concurrent;
using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Runs.Journal;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>
/// A run on this machine: one control thread that hands the director's orders to the loops, folds what they measured once a second, and ends the run.
/// The phases of the end, which the loops go through by themselves:
/// <code>
/// phase      until                                   what it does
/// leaving    nobody is left, or the stop timeout     waits end at once, iterations may finish
/// draining   nobody is left, or one second           nothing new begins; requests under way may come back, so that the target's count agrees
/// killing    nobody is left, or five seconds         requests under way are counted as cancelled, user code gets an exception
/// </code>
/// An abort begins with killing.
/// </summary>
internal sealed partial class LocalRun : ILiveRun, IReportSource, IDisposable
{
    private const string Worker = "local";

    // Every loop has an order before it takes effect.
    private const long LeadNs = 10 * MonotonicClock.Millisecond;

    // The loops end a phase on time; one that user code holds is given up after so much more.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Kill = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReadPatience = TimeSpan.FromMilliseconds(250);

    private readonly LoadTestDefinition _definition;
    private readonly RunOptions _options;
    private readonly TimeProvider _time;
    private readonly RunState _state = new();
    private readonly IRunRecorder? _recorder;
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly LoadTest _loadTest;
    private readonly IReadOnlyList<ScenarioPlan> _plan;
    private readonly RunDirector _director;
    private PlanRunner _runner = null!;
    private PlanReporter _reporter = null!;
    private RunSnapshot _snapshot = RunSnapshot.Empty;
    private long _startNs;
    private int _announcedRamp;
    private int _ramp;
    private string? _stopReason;
    private bool _aborted;
    private bool _over;

    public LocalRun(LoadTestDefinition definition, RunOptions options, TimeProvider? time = null, IRunRecorder? recorder = null)
    {
        _definition = definition;
        _options = options;
        _time = time ?? TimeProvider.System;
        _recorder = recorder;
        _loadTest = definition.CreateLoadTest();
        var configuration = definition.Configure(_loadTest);
        Configuration = options.IgnoresRules ? configuration with { Thresholds = [], Limits = null } : configuration;
        _plan = ScenarioPlans.Of(definition, Configuration, options);
        _director = new RunDirector(_plan, definition.Users);
        _judge = new RunJudge(Configuration, options.Thresholds, RunMetrics.Of(definition, _plan, _state), [.. _plan.Select(scenario => scenario.Name)]);
    }

    /// <inheritdoc/>
    public event Action<RunSnapshot>? SecondFolded;

    /// <inheritdoc/>
    public event Action<IntervalReport>? ReportFolded;

    /// <inheritdoc/>
    public RunSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>The load test's own hooks.</summary>
    public LoadTest LoadTest => _loadTest;

    /// <summary>What the load test configured.</summary>
    public LoadTestConfiguration Configuration { get; }

    /// <summary>Names of the scenarios that the load test configured and that this run has.</summary>
    public IReadOnlyList<string> ConfiguredScenarios => [.. _plan.Where(Configuration.Scenarios.Contains).Select(scenario => scenario.Name)];

    /// <summary>Carries the run out and returns what it gave.</summary>
    /// <exception cref="LoadTestException">It cannot be started: no host, too many users for this machine, a hook that threw.</exception>
    public Task<RunSnapshot> RunAsync() => Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <inheritdoc/>
    public void ChangeUsers(int users, double spawnRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(users);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spawnRate);
        Command(() =>
        {
            if (_director.Ramped is { } scenario)
                Change(scenario.Plan.Name, new ScenarioChange { Users = users, SpawnRate = spawnRate });
            else
                EngineLog.Warn("No scenario of this run has users and a spawn rate: the number of users stays as its scenarios have it.");
        });
    }

    /// <inheritdoc/>
    public void ChangeScenario(string scenario, ScenarioChange change)
    {
        if (_director.Objection(scenario, change) is { } objection)
            throw new ArgumentException(objection);
        Command(() => Change(scenario, change));
    }

    /// <inheritdoc/>
    public RunCourse Course => _state.Course;

    /// <inheritdoc/>
    public void ResetStatistics() => Command(() =>
    {
        // What was measured before the reset belongs before it.
        Fold(ReadPatience);
        var reset = new StatisticsReset(UnixMs);
        _state.Apply(reset);
        _recorder?.WasReset(reset);
        Publish();
    });

    /// <inheritdoc/>
    public void Measured(TargetMetrics metrics) => Command(() =>
    {
        _state.Apply(metrics);
        _recorder?.Measured(metrics);
    });

    /// <inheritdoc/>
    public void Stop(string reason) => Command(() => _stopReason ??= reason);

    /// <inheritdoc/>
    public void Abort(string reason) => Command(() =>
    {
        _stopReason ??= reason;
        _aborted = true;
    });

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    private IEnumerable<UserClass> Classes => _plan.SelectMany(scenario => scenario.Classes).DistinctBy(user => user.Type);

    private bool NeedsConnections => Classes.Any(u => u.NeedsHost);

    private long UnixMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private RunSnapshot Run()
    {
        TargetHosts.CheckAsync(Classes, _options.Host).GetAwaiter().GetResult();
        if (NeedsConnections && ProcessLimits.Objection(_director.CertainUsers, _options.LocalAddresses) is { } objection)
            throw new LoadTestException(objection);
        Hook("OnTestStartingAsync", () => _loadTest.OnTestStartingAsync(), endsRun: true);

        using var engine = new LoadEngine(EngineSettings.Of(_options), _time);
        var told = new ConcurrentDictionary<string, bool>();
        _loadTest.Events.HandlerFailed += e =>
        {
            var text = $"A handler of the load test failed: {e.GetType().Name}: {e.Message}";
            if (told.TryAdd(text, true))
                EngineLog.Warn(text);
        };
        if (NeedsConnections)
            WarmUp.Run(engine.Options);
        _runner = new PlanRunner(engine, RunSetup(), _plan);
        _reporter = new PlanReporter(_runner, _plan, _definition.Users, Worker, incarnation: 1);
        _runner.PrepareAsync().GetAwaiter().GetResult();

        _recorder?.RosterChanged(new RosterChange(Worker, 1, Joined: true, engine.Options.Loops, Environment.MachineName));
        _startNs = MonotonicClock.Now;
        Order(() => _director.Start(_startNs + LeadNs));
        Hook("OnTestStartedAsync", () => _loadTest.OnTestStartedAsync(), endsRun: false);
        RunSeconds();
        End();
        return Snapshot;
    }

    private void RunSeconds()
    {
        var endNs = _options.RunTime is { } time ? _startNs + (long)(time.TotalSeconds * MonotonicClock.Second) : long.MaxValue;
        for (long second = 1; ; second++)
        {
            var dueNs = _startNs + second * MonotonicClock.Second;
            WaitUntil(Math.Min(dueNs, endNs), () => _stopReason is not null || _director.IsOver);
            if (_stopReason is not null)
                return;
            Fold(ReadPatience);
            if (MonotonicClock.Now >= endNs)
            {
                _stopReason = "The run time is over.";
                return;
            }

            Judge();
            AnnounceRamp();
            if (_director.IsOver)
            {
                _stopReason = _plan[0].Name == ScenarioPlans.DefaultScenario ? "Every user has ended." : "Every scenario is over.";
                return;
            }

            AskShapes();
        }
    }

    private void End()
    {
        Hook("OnTestStoppingAsync", () => _loadTest.OnTestStoppingAsync(), endsRun: false);
        Apply(RunPhase.Stopping, _stopReason);
        if (!_aborted)
        {
            _runner.End(_options.StopTimeout);
            WaitForUsers(_options.StopTimeout + Drain + Margin);
        }

        _aborted = false;
        _runner.Kill();
        WaitForUsers(Kill + Margin);
        if (_runner.Abandoned + _runner.Alive is > 0 and var left)
            EngineLog.Warn($"{left} user(s) did not end: their code waits for something that the engine cannot cut. Hand StopToken to such calls.");
        Hook("OnTestStoppedAsync", () => _loadTest.OnTestStoppedAsync(), endsRun: false);

        // What the loops still have comes with the last reading; a loop that user code holds for ever is given up.
        Fold(TimeSpan.FromSeconds(2));
        Apply(RunPhase.Stopped, _stopReason);
        JudgeTheEnd();
        _over = true;
        Publish();
    }

    private void WaitForUsers(TimeSpan patience)
    {
        var endNs = MonotonicClock.Now + (long)(patience.TotalSeconds * MonotonicClock.Second);
        while (_runner.Alive > 0 && !_aborted && MonotonicClock.Now < endNs)
        {
            WaitUntil(Math.Min(endNs, MonotonicClock.Now + MonotonicClock.Second), () => _runner.Alive == 0 || _aborted);
            if (_runner.Alive > 0)
                Fold(ReadPatience);
        }
    }

    /// <summary>Waits, carrying out commands and starting scenarios, until the instant or until there is something to do.</summary>
    private void WaitUntil(long dueNs, Func<bool> done)
    {
        while (true)
        {
            while (_commands.TryDequeue(out var command))
                command();
            Advance();
            var leftNs = dueNs - MonotonicClock.Now;
            if (leftNs <= 0 || done())
                return;
            _wake.WaitOne(TimeSpan.FromMicroseconds(Math.Max(1000, leftNs / 1000.0)));
        }
    }

    private void Command(Action command)
    {
        if (_over)
            return;
        _commands.Enqueue(command);
        _wake.Set();
    }

    private void Change(string scenario, ScenarioChange change)
    {
        var atNs = MonotonicClock.Now + LeadNs;
        var before = _director.TargetUsers;
        if (NeedsConnections && change.Users > before && ProcessLimits.Objection(change.Users.Value, _options.LocalAddresses) is { } objection)
            EngineLog.Warn($"{objection} The number of users stays at {before}.");
        else if (_director.Change(scenario, change, atNs) is { } order)
            Order(() => [order]);
        else
            EngineLog.Warn($"Scenario {scenario} does not run now: it was not changed.");
    }

    /// <summary>Notes which scenarios are over, and starts what waited for them.</summary>
    private void Advance()
    {
        var left = _director.Scenarios.Count(s => s.EndNs is null);
        var orders = _director.Advance(MonotonicClock.Now + LeadNs, _runner.HasEnded, goesOn: _stopReason is null);
        if (orders.Count > 0)
            Order(() => orders);
        else if (_director.Scenarios.Count(s => s.EndNs is null) != left && _stopReason is null)
            Apply(RunPhase.Spawning);
    }

    private void AskShapes()
    {
        Order(() => _director.AskShapes(MonotonicClock.Now + LeadNs, _runner.Alive));
        foreach (var name in _director.ShapesOver)
        {
            if (_plan.Count == 1)
                _stopReason ??= "The load shape is over.";
            else
                _runner.End(_plan.First(scenario => scenario.Name == name));
        }
    }

    private void Order(Func<List<ScenarioOrder>> decide)
    {
        try
        {
            var orders = decide();
            foreach (var order in orders)
                _runner.Apply(order);
            if (orders.Count == 0)
                return;
            _ramp++;
            Apply(RunPhase.Spawning);
        }
        catch (Exception exception)
        {
            // Whatever a load shape leads to ends the run like any other stop: with everything that was measured.
            var text = exception is LoadTestException ? exception.Message : $"The load shape asked for what cannot be done: {exception.Message}";
            EngineLog.Warn(text);
            _stopReason ??= text;
            Apply(RunPhase.Spawning);
        }
    }

    private void AnnounceRamp()
    {
        if (_announcedRamp == _ramp || MonotonicClock.Now < _director.RampEndNs || _reporter.IsSpawning)
            return;
        _announcedRamp = _ramp;
        Apply(RunPhase.Running);
        Hook("OnSpawningCompleteAsync", () => _loadTest.OnSpawningCompleteAsync(_runner.Alive), endsRun: false);
    }

    private void Apply(RunPhase phase, string? reason = null)
    {
        var nowMs = UnixMs;
        var target = phase > RunPhase.Running ? 0 : _director.TargetUsers;
        Apply(new RunChange(nowMs, phase, target, _director.SpawnRate, reason) { Scenarios = Facts.Of(_director, MonotonicClock.Now, nowMs) });
    }

    private void Fold(TimeSpan patience)
    {
        if (_reporter.Take(patience) is { } report)
            Apply(report);
        Publish();
    }

    // What is folded is kept, in the same order.
    private void Apply(RunChange change)
    {
        _state.Apply(change);
        _recorder?.Changed(change);
    }

    private void Apply(IntervalReport report)
    {
        _state.Apply(report);
        _recorder?.Reported(report);
        ReportFolded?.Invoke(report);
    }

    private void Publish()
    {
        var now = UnixMs;
        var snapshot = _state.Snapshot(now) with { Rules = _judge.Rules };
        _recorder?.Shown(snapshot);
        Volatile.Write(ref _snapshot, snapshot);
        try
        {
            SecondFolded?.Invoke(snapshot);
        }
        catch (Exception exception)
        {
            EngineLog.Warn($"Showing the run failed: {exception.Message}");
        }
    }

    private RunSetup RunSetup() => new()
    {
        Classes = _definition.Users,
        Seed = (ulong)(_options.Seed ?? Random.Shared.NextInt64()),
        Host = _options.Host,
        Events = _loadTest.Events,
        Scope = new RunScope(0, 1),
        StopTest = Stop,
        Changed = () => _wake.Set(),
    };
}
