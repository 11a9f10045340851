using System.Globalization;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>Makes a run; nothing is sent before <c>RunAsync</c> is called.</summary>
internal delegate (IRunControl Control, Func<Task> RunAsync, Func<Task> QuitAsync) MakeRun(LoadTestDefinition definition, RunOptions options);

/// <summary>
/// The runs of one loaded load test.
/// <code>
/// state      start              change     stop       reset                    the run ends   the run throws
/// ready      running            refused    refused    ready                    -              -
/// running    refused            running    stopping   running, totals anew     stopped        failed
/// stopping   refused            refused    stopping   refused                  stopped        failed
/// stopped    running, next run  refused    refused    ready                    -              -
/// failed     running, next run  refused    refused    ready                    -              -
/// </code>
/// A start that is refused changes nothing. While a start is being checked a second one is refused, as when running.
/// </summary>
internal sealed class TestSession : ITestSession
{
    private const int MostRuns = 20;
    private const int AssumedUsers = 10_000;

    private readonly LoadTestDefinition _definition;
    private readonly RunOptions _defaults;
    private readonly MakeRun _make;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<SessionRun> _runs = [];
    private SessionState _state = SessionState.Ready;
    private SessionRun? _current;
    private string? _problem;
    private TaskRatio? _ratio;
    private bool _starting;
    private int _number;

    /// <param name="title">What the session is about.</param>
    /// <param name="definition">The load test.</param>
    /// <param name="defaults">What the command line asks for.</param>
    /// <param name="make">Makes a run.</param>
    /// <param name="log">Lines of the log.</param>
    /// <param name="time">The clock that runs are named by.</param>
    public TestSession(SessionTitle title, LoadTestDefinition definition, RunOptions defaults, MakeRun make, LogLines log, TimeProvider? time = null)
    {
        (Title, _definition, _defaults, _make, Log) = (title, definition, defaults, make, log);
        _time = time ?? TimeProvider.System;
        Form = new StartForm(defaults, definition.Users, [.. definition.Shapes.Select(s => s.Name)], ScenariosOf(definition), definition.Options);
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public event Action<SessionRun>? SecondFolded;

    /// <inheritdoc/>
    public IReadOnlyList<WorkerFigures> Present => FindPresent();

    /// <summary>Looks for workers of other processes.</summary>
    public Func<IReadOnlyList<WorkerFigures>> FindPresent { get; init; } = () => [];

    /// <inheritdoc/>
    public SessionTitle Title { get; }

    /// <inheritdoc/>
    public StartForm Form { get; }

    /// <inheritdoc/>
    public LogLines Log { get; }

    /// <inheritdoc/>
    public SessionState State
    {
        get
        {
            lock (_gate)
                return StateNow;
        }
    }

    /// <inheritdoc/>
    public string? Problem
    {
        get
        {
            lock (_gate)
                return _problem;
        }
    }

    /// <inheritdoc/>
    public SessionRun? Current
    {
        get
        {
            lock (_gate)
                return _current;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SessionRun> Runs
    {
        get
        {
            lock (_gate)
                return [.. Enumerable.Reverse(_runs)];
        }
    }

    // A run that comes to its end by itself is stopping before anyone asked for it.
    private SessionState StateNow => _state == SessionState.Running && _current!.Snapshot.Phase is RunPhase.Stopping or RunPhase.Stopped
        ? SessionState.Stopping
        : _state;

    /// <inheritdoc/>
    public async Task<SessionRun> StartAsync(StartOptions options)
    {
        lock (_gate)
        {
            if (_starting || StateNow is SessionState.Running or SessionState.Stopping)
                throw new SessionStateException("A run goes on already: stop it first.");
            _starting = true;
        }

        try
        {
            var plan = await StartPlan.OfAsync(_definition, _defaults, options).ConfigureAwait(false);
            await QuitAsync().ConfigureAwait(false);
            return Begin(plan);
        }
        finally
        {
            lock (_gate)
                _starting = false;
            Changed?.Invoke();
        }
    }

    /// <summary>Carries a run on that another process began.</summary>
    /// <param name="definition">Its load test with the chosen classes.</param>
    /// <param name="options">What it was started with.</param>
    public SessionRun Resume(LoadTestDefinition definition, RunOptions options)
    {
        var run = Begin(new StartPlan(definition, options));
        Changed?.Invoke();
        return run;
    }

    /// <inheritdoc/>
    public void ChangeUsers(int users, double spawnRate)
    {
        var errors = new Dictionary<string, string>();
        StartPlan.CheckUsers(users, spawnRate, errors);
        StartPlan.Refuse(errors);
        RunningOrRefused("changed").Control.ChangeUsers(users, spawnRate);
    }

    /// <inheritdoc/>
    public void ChangeScenario(string scenario, ScenarioChange change)
    {
        var run = RunningOrRefused("changed");
        try
        {
            run.Control.ChangeScenario(scenario, change);
            run.Changes[scenario] = change;
        }
        catch (ArgumentException e)
        {
            throw new StartRefusedException(new Dictionary<string, string> { ["scenario"] = e.Message }, e.Message);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(string reason)
    {
        SessionRun run;
        lock (_gate)
        {
            if (_state is not (SessionState.Running or SessionState.Stopping))
                throw new SessionStateException("No run goes on that could be stopped.");
            run = _current!;
            _state = SessionState.Stopping;
        }

        run.Control.Stop(reason);
        Changed?.Invoke();
        return run.Over;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        SessionRun? running = null;
        lock (_gate)
        {
            switch (StateNow)
            {
                case SessionState.Running:
                    running = _current;
                    break;
                case SessionState.Stopping:
                    throw new SessionStateException("The run is just ending: reset when it is over.");
                default:
                    (_state, _current, _problem) = (SessionState.Ready, null, null);
                    break;
            }
        }

        if (running is { Control: ILiveRun live })
            live.ResetStatistics();
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public TaskRatio Ratio(SessionRun? run) => run is null
        ? _ratio ??= RatioOf(_definition.Users, AssumedUsers)
        : run.Ratio ??= RatioOf(run.Definition.Users, run.Options.Users);

    /// <summary>Lets the load test of the last run say its last word, if it has not.</summary>
    public async Task QuitAsync()
    {
        SessionRun? last;
        lock (_gate)
            last = _runs.LastOrDefault(r => !r.HasQuit);
        if (last is null)
            return;
        await last.Over.ConfigureAwait(false);
        await last.QuitAsync().ConfigureAwait(false);
    }

    // Counts users out one by one, so it is done once.
    private static TaskRatio RatioOf(IReadOnlyList<UserClass> classes, int users)
    {
        var sequence = new UserSequence(classes);
        return TaskRatio.Of(classes, sequence.CountsFor(Math.Min(users, sequence.Limit)));
    }

    // What a load test configures may depend on options that are still to be filled in; the start then says what is missing.
    private static IReadOnlyList<ScenarioPlan> ScenariosOf(LoadTestDefinition definition)
    {
        try
        {
            return definition.Configure(definition.CreateLoadTest()).Scenarios;
        }
        catch (LoadTestException)
        {
            return [];
        }
    }

    private SessionRun Begin(StartPlan plan)
    {
        var (control, runAsync, quitAsync) = _make(plan.Definition, plan.Options);
        SessionRun run;
        lock (_gate)
        {
            _number++;
            var id = string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyyMMdd-HHmmss}-{_number}");
            run = new SessionRun(id, _number, control, plan.Definition, plan.Options, quitAsync);
            control.SecondFolded += _ => SecondFolded?.Invoke(run);
            _runs.Add(run);
            if (_runs.Count > MostRuns)
                _runs.RemoveAt(0);
            (_current, _state, _problem) = (run, SessionState.Running, null);
        }

        run.Over = CarryOutAsync(run, runAsync);
        return run;
    }

    private async Task CarryOutAsync(SessionRun run, Func<Task> runAsync)
    {
        string? problem = null;
        try
        {
            await runAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            problem = e is LoadTestException ? e.Message : $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}";
        }

        lock (_gate)
        {
            if (_current == run)
                (_state, _problem) = (problem is null ? SessionState.Stopped : SessionState.Failed, problem);
        }

        SecondFolded?.Invoke(run);
        Changed?.Invoke();
    }

    private SessionRun RunningOrRefused(string what)
    {
        lock (_gate)
        {
            return StateNow == SessionState.Running
                ? _current!
                : throw new SessionStateException($"No run goes on that could be {what}.");
        }
    }
}
