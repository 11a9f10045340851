using System.Collections.Concurrent;
using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Runs.Journal;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>
/// A run on this machine: one control thread that ramps users, folds what the loops measured once a second, and ends the run. The phases of the end:
/// <code>
/// phase      until                                   what it does
/// leaving    nobody is left, or the stop timeout     waits end at once, iterations may finish
/// draining   nobody is left, or one second           nothing new begins; requests under way may come back, so that the target's count agrees
/// killing    nobody is left, or five seconds         requests under way are counted as cancelled, user code gets an exception
/// </code>
/// An abort begins with killing.
/// </summary>
internal sealed class LocalRun : IRunControl, IReportSource, IDisposable
{
    private const string Worker = "local";

    // Every loop has the plan before its first user is due.
    private const long LeadNs = 10 * MonotonicClock.Millisecond;

    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Kill = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReadPatience = TimeSpan.FromMilliseconds(250);

    private readonly LoadTestDefinition _definition;
    private readonly RunOptions _options;
    private readonly TimeProvider _time;
    private readonly RunState _state = new();
    private readonly IRunRecorder? _recorder;
    private readonly IntervalReportBuilder _reports = new(Worker, incarnation: 1);
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly UserCount _count;
    private readonly LoadTest _loadTest;
    private readonly Dictionary<int, LoopReading> _lastReadings = [];
    private UserFleet _fleet = null!;
    private ShapeTicker? _shape;
    private RunSnapshot _snapshot = RunSnapshot.Empty;
    private long _startNs;
    private int _target;
    private double _spawnRate;
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
        _count = new UserCount(() => _wake.Set());
        _loadTest = definition.CreateLoadTest();
        _target = options.Users;
        _spawnRate = options.SpawnRate;
        if (definition.Shapes.Count > 0)
            _shape = new ShapeTicker(LoadTestDefinition.CreateShape(definition.Shapes[0]), definition.Users);
    }

    /// <inheritdoc/>
    public event Action<RunSnapshot>? SecondFolded;

    /// <inheritdoc/>
    public event Action<IntervalReport>? ReportFolded;

    /// <inheritdoc/>
    public RunSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>The load test's own hooks.</summary>
    public LoadTest LoadTest => _loadTest;

    /// <summary>Carries the run out and returns what it gave.</summary>
    /// <exception cref="LoadTestException">It cannot be started: no host, too many users for this machine, a hook that threw.</exception>
    public Task<RunSnapshot> RunAsync() => Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <inheritdoc/>
    public void ChangeUsers(int users, double spawnRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(users);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spawnRate);
        Command(() => Ramp(users, spawnRate, []));
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
    public void Dispose() => _wake.Dispose();

    private bool NeedsConnections => _definition.Users.Any(u => u.NeedsHost);

    private long UnixMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private RunSnapshot Run()
    {
        TargetHosts.CheckAsync(_definition.Users, _options.Host).GetAwaiter().GetResult();
        if (NeedsConnections && ProcessLimits.Objection(_target, _options.LocalAddresses) is { } objection)
            throw new LoadTestException(objection);
        Hook("OnTestStartingAsync", () => _loadTest.OnTestStartingAsync(), endsRun: true);

        using var engine = new LoadEngine(EngineOptions(), _time);
        var told = new ConcurrentDictionary<string, bool>();
        _loadTest.Events.HandlerFailed += e =>
        {
            var text = $"A handler of the load test failed: {e.GetType().Name}: {e.Message}";
            if (told.TryAdd(text, true))
                EngineLog.Warn(text);
        };
        if (NeedsConnections)
            WarmUp.Run(engine.Options);
        _fleet = new UserFleet(engine, RosterSettings());
        _fleet.PrepareAsync().GetAwaiter().GetResult();

        _recorder?.RosterChanged(new RosterChange(Worker, 1, Joined: true, engine.Options.Loops, Environment.MachineName));
        _startNs = MonotonicClock.Now;
        if (_shape is null)
            Ramp(_target, _spawnRate, []);
        else
            AskShape();
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
            WaitUntil(Math.Min(dueNs, endNs), () => _stopReason is not null);
            if (_stopReason is not null)
                return;
            if (MonotonicClock.Now >= endNs)
            {
                Fold(ReadPatience);
                _stopReason = "The run time is over.";
                return;
            }

            Fold(ReadPatience);
            AnnounceRamp();
            AskShape();
            if (_ramp == _announcedRamp && _target > 0 && _count.Alive == 0)
                _stopReason = "Every user has ended.";
        }
    }

    private void End()
    {
        Hook("OnTestStoppingAsync", () => _loadTest.OnTestStoppingAsync(), endsRun: false);
        Apply(new RunChange(UnixMs, RunPhase.Stopping, 0, _spawnRate, _stopReason));
        if (!_aborted)
        {
            _fleet.Leave();
            WaitForUsers(_options.StopTimeout);
        }

        if (!_aborted)
        {
            _fleet.Drain();
            WaitForUsers(Drain);
        }

        _fleet.Leave();
        _fleet.Kill();
        _aborted = false;
        WaitForUsers(Kill);
        if (_count.Alive > 0)
            EngineLog.Warn($"{_count.Alive} user(s) did not end: their code waits for something that the engine cannot cut. Hand StopToken to such calls.");
        _fleet.Abandon();
        Hook("OnTestStoppedAsync", () => _loadTest.OnTestStoppedAsync(), endsRun: false);

        // What the loops still have comes with the last reading; a loop that user code holds for ever is given up.
        Fold(TimeSpan.FromSeconds(2));
        _over = true;
        Apply(new RunChange(UnixMs, RunPhase.Stopped, 0, _spawnRate, _stopReason));
        Publish();
    }

    private void WaitForUsers(TimeSpan patience)
    {
        var endNs = MonotonicClock.Now + (long)(patience.TotalSeconds * MonotonicClock.Second);
        while (_count.Alive > 0 && !_aborted && MonotonicClock.Now < endNs)
        {
            WaitUntil(Math.Min(endNs, MonotonicClock.Now + MonotonicClock.Second), () => _count.Alive == 0 || _aborted);
            if (_count.Alive > 0)
                Fold(ReadPatience);
        }
    }

    /// <summary>Waits, carrying out commands, until the instant or until there is something to do.</summary>
    private void WaitUntil(long dueNs, Func<bool> done)
    {
        while (true)
        {
            while (_commands.TryDequeue(out var command))
                command();
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

    private void Ramp(int users, double spawnRate, IReadOnlyList<Type> only)
    {
        if (users > _target && NeedsConnections && ProcessLimits.Objection(users, _options.LocalAddresses) is { } objection)
        {
            EngineLog.Warn($"{objection} The number of users stays at {_target}.");
            return;
        }

        _target = Math.Min(users, _fleet.Limit);
        _spawnRate = spawnRate;
        _ramp++;
        _fleet.Ramp(users, spawnRate, MonotonicClock.Now + LeadNs, only);
        Apply(new RunChange(UnixMs, RunPhase.Spawning, _target, spawnRate));
    }

    private void AnnounceRamp()
    {
        if (_announcedRamp == _ramp || MonotonicClock.Now < _fleet.RampEndNs || _lastReadings.Values.Any(r => r.Spawning))
            return;
        _announcedRamp = _ramp;
        Apply(new RunChange(UnixMs, RunPhase.Running, _target, _spawnRate));
        Hook("OnSpawningCompleteAsync", () => _loadTest.OnSpawningCompleteAsync(_count.Alive), endsRun: false);
    }

    private void AskShape()
    {
        if (_shape is null)
            return;
        try
        {
            var change = _shape.Ask(TimeSpan.FromTicks((MonotonicClock.Now - _startNs) / 100), _count.Alive);
            if (change.Kind == ShapeChangeKind.End)
                _stopReason ??= "The load shape is over.";
            else if (change is { Kind: ShapeChangeKind.Ramp, Wanted: { } wanted })
                Ramp(wanted.Users, wanted.SpawnRate, wanted.UserClasses);
        }
        catch (Exception exception)
        {
            // Whatever a shape leads to ends the run like any other stop: with everything that was measured.
            var text = exception is LoadTestException ? exception.Message : $"The load shape asked for what cannot be done: {exception.Message}";
            EngineLog.Warn(text);
            _stopReason ??= text;
        }
    }

    private void Fold(TimeSpan patience)
    {
        var readings = _fleet.Read(patience);
        foreach (var reading in readings)
            _lastReadings[reading.Loop.Index] = reading;
        LoopInterval[] intervals = [.. readings.Select(r => r.Interval).OfType<LoopInterval>()];
        if (intervals.Length > 0)
        {
            var spawning = _ramp != 0 && (MonotonicClock.Now < _fleet.RampEndNs || _lastReadings.Values.Any(r => r.Spawning));
            Apply(_reports.Build(intervals, UsersByClass(), spawning));
            foreach (var reading in readings)
            {
                if (reading.Interval is { } interval)
                    reading.Loop.Recorder.Return(interval);
            }
        }

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

    private Dictionary<string, int> UsersByClass()
    {
        var users = new Dictionary<string, int>();
        for (var i = 0; i < _definition.Users.Count; i++)
            users[_definition.Users[i].Name] = _lastReadings.Values.Sum(r => r.UsersByClass[i]);
        return users;
    }

    private void Publish()
    {
        var now = UnixMs;
        var snapshot = _state.Snapshot(now);
        _recorder?.Shown(now);
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

    private void Hook(string name, Func<Task> hook, bool endsRun)
    {
        try
        {
            // A hook that is not async throws from the call itself.
            hook().GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is not LoadTestException || !endsRun)
        {
            var text = $"{_loadTest.GetType().Name}.{name} failed: {exception.GetType().Name}: {exception.Message}";
            if (endsRun)
                throw new LoadTestException(text, exception);
            EngineLog.Warn(text);
        }
    }

    private EngineOptions EngineOptions() => new()
    {
        Loops = _options.Loops ?? Environment.ProcessorCount,
        Portable = _options.Transport == Transport.Portable || !OperatingSystem.IsLinux(),
        LocalAddresses = _options.LocalAddresses,
        Insecure = _options.Insecure,
    };

    private RosterSettings RosterSettings() => new()
    {
        Classes = _definition.Users,
        Seed = (ulong)(_options.Seed ?? Random.Shared.NextInt64()),
        Host = _options.Host,
        Scenario = "default",
        Events = _loadTest.Events,
        StopTest = Stop,
        Count = _count,
        Loops = _options.Loops ?? Environment.ProcessorCount,
    };
}
