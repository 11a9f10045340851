using System.Collections.Concurrent;
using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Cluster;

/// <summary>
/// Owns one run: decides what workers are told, folds what they report, judges the rules, ends the run. One thread does all of it; what comes from outside
/// is handed to it. It is the same whether its worker is in this process or a hundred are elsewhere.
/// </summary>
internal sealed partial class Coordinator : ILiveRun, IReportSource, IRunInbox, IDisposable
{
    private readonly LoadTestDefinition _definition;
    private readonly RunOptions _options;
    private readonly ClusterHead _head;
    private readonly ClusterSettings _settings;
    private readonly RunBook _book;
    private readonly Crew _crew = new();
    private readonly RunJudge _judge;
    private readonly RunDirector _director;
    private readonly IReadOnlyList<ScenarioPlan> _plan;
    private readonly LoadTest _loadTest;
    private readonly TestHooks _hooks;
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly ConcurrentQueue<(long Offset, ClusterRecord? Record)> _records = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly IReadOnlyList<Worker> _ownWorkers;
    private Directive _directive;
    private string? _stopReason;
    private bool _aborted;
    private bool _over;

    /// <param name="definition">The load test with the chosen classes.</param>
    /// <param name="options">What the run is started with.</param>
    /// <param name="head">The log, and the workers.</param>
    /// <param name="settings">How workers are dealt with.</param>
    /// <param name="run">Name of the run; no other in the log has it.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="recorder">Takes all that is folded; null when the run is not kept.</param>
    /// <param name="ownWorkers">Makes workers of this process, given what they run; started with the run and ended with it.</param>
    /// <param name="resumed">What is known of a run that is carried on; null begins a new one.</param>
    /// <exception cref="LoadTestException">Something in the load test is wrong.</exception>
    public Coordinator(
        LoadTestDefinition definition, RunOptions options, ClusterHead head, ClusterSettings settings, string run, TimeProvider? time = null,
        IRunRecorder? recorder = null, Func<WorkerTest, IReadOnlyList<Worker>>? ownWorkers = null, ResumedRun? resumed = null)
    {
        (_definition, _options, _head, _settings, _resumed) = (definition, options, head, settings, resumed);
        _book = new RunBook(time ?? TimeProvider.System, recorder);
        if (resumed is not null)
            _book.Resume(resumed.State);
        _book.Shown += snapshot => SecondFolded?.Invoke(snapshot);
        _book.Folded += report => ReportFolded?.Invoke(report);
        _loadTest = definition.CreateLoadTest();
        _hooks = new TestHooks(_loadTest);
        var configuration = definition.Configure(_loadTest);
        Configuration = options.IgnoresRules ? configuration with { Thresholds = [], Limits = null } : configuration;
        _plan = ScenarioPlans.Of(definition, Configuration, options);
        _director = new RunDirector(_plan, definition.Users);
        _judge = new RunJudge(Configuration, options.Thresholds, RunMetrics.Of(definition, _plan, _book.State), [.. _plan.Select(scenario => scenario.Name)]);
        _ownWorkers = ownWorkers?.Invoke(new WorkerTest(definition, _loadTest, _plan, options)) ?? [];
        _directive = resumed?.Directive ?? new Directive
        {
            Run = run,
            Epoch = 0,
            Revision = 0,
            Stage = RunStage.Preparing,
            Test = settings.Test is { } test ? test with { Scenarios = [.. _plan.Select(scenario => scenario.Name)] } : null,
            PatienceNs = options.StopTimeout.Ticks * TimeSpan.NanosecondsPerTick,
        };
        if (resumed is not null && _directive.Test is { } began && !began.Scenarios.SequenceEqual(_plan.Select(scenario => scenario.Name)))
        {
            throw new LoadTestException(
                $"The load test configures other scenarios now ({string.Join(", ", _plan.Select(s => s.Name))}) than when the run began ({string.Join(", ", began.Scenarios)}): it cannot be carried on.");
        }
    }

    /// <inheritdoc/>
    public event Action<RunSnapshot>? SecondFolded;

    /// <inheritdoc/>
    public event Action<IntervalReport>? ReportFolded;

    /// <inheritdoc/>
    public RunSnapshot Snapshot => _book.Snapshot;

    /// <inheritdoc/>
    public RunCourse Course => _book.State.Course;

    /// <summary>The load test's own hooks.</summary>
    public LoadTest LoadTest => _loadTest;

    /// <summary>What the load test configured.</summary>
    public LoadTestConfiguration Configuration { get; }

    /// <summary>Names of the scenarios that the load test configured and that this run has.</summary>
    public IReadOnlyList<string> ConfiguredScenarios => [.. _plan.Where(Configuration.Scenarios.Contains).Select(scenario => scenario.Name)];

    /// <summary>What is left when the run is over; null before.</summary>
    public RunEnding? Ending { get; private set; }

    /// <summary>Names what workers fetch, before the run.</summary>
    public void Ships(string hash) => _directive = _directive with { Test = _directive.Test! with { Hash = hash } };

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
    public void ResetStatistics() => Command(() =>
    {
        // What was measured before the reset belongs before it.
        AskForReports();
        _book.Reset();
        Show();
    });

    /// <inheritdoc/>
    public void Measured(TargetMetrics metrics) => Command(() => _book.Apply(metrics));

    /// <inheritdoc/>
    public void Sent(IReadOnlyList<OutputRow> outputs)
    {
        if (_over)
            _book.SentSince(outputs);
        else
            _book.Sent(outputs);
    }

    /// <inheritdoc/>
    public void Stop(string reason) => Command(() => _stopReason ??= reason);

    /// <inheritdoc/>
    public void Abort(string reason) => Command(() =>
    {
        _stopReason ??= reason;
        _aborted = true;
    });

    /// <inheritdoc/>
    public void Take(long offset, ClusterRecord? record)
    {
        _records.Enqueue((offset, record));
        _wake.Set();
    }

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    private IEnumerable<UserClass> Classes => _plan.SelectMany(scenario => scenario.Classes).DistinctBy(user => user.Type);

    private bool NeedsConnections => Classes.Any(user => user.NeedsHost);

    private void Command(Action command)
    {
        if (_over)
            return;
        _commands.Enqueue(command);
        _wake.Set();
    }

    private void Show()
    {
        _book.Apply(CrewStandings.Of(_crew.Members));
        _book.Show(_judge.Rules);
    }
}
