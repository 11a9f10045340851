using Onrush.Users;

namespace Onrush.Runs.Tests.Sessions;

/// <summary>A test for each row and column of the table above <see cref="TestSession"/>.</summary>
public sealed class TestSessionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<PlayedRun> _runs = [];
    private readonly TestSession _session;

    public TestSessionTests() => _session = new TestSession(
        new SessionTitle("t.cs", "1"), LoadTestDefinition.FromTypes([typeof(Idler)]), new RunOptions { Users = 3, SpawnRate = 2 },
        (_, options) =>
        {
            var run = new PlayedRun(options);
            _runs.Add(run);
            return (run, () => run.Over.Task, () => { run.HasQuit = true; return Task.CompletedTask; });
        },
        new LogLines());

    [Fact]
    public async Task Ready()
    {
        _session.State.ShouldBe(SessionState.Ready);
        Should.Throw<SessionStateException>(() => _session.ChangeUsers(1, 1));
        Should.Throw<SessionStateException>(() => _session.StopAsync("x"));
        _session.Reset();
        _session.State.ShouldBe(SessionState.Ready);
        var run = await _session.StartAsync(new StartOptions { Users = 9 });
        (run.Number, run.Options.Users, run.Options.SpawnRate).ShouldBe((1, 9, 2));
        _session.State.ShouldBe(SessionState.Running);
    }

    [Fact]
    public async Task Running()
    {
        await _session.StartAsync(new StartOptions());
        await Should.ThrowAsync<SessionStateException>(() => _session.StartAsync(new StartOptions()));
        _session.ChangeUsers(20, 4);
        _session.Reset();
        _runs[0].Calls.ShouldBe(["users 20", "reset"]);
        _session.State.ShouldBe(SessionState.Running);
        var over = _session.StopAsync("enough");
        (_session.State, over.IsCompleted).ShouldBe((SessionState.Stopping, false));
    }

    [Fact]
    public async Task Stopping()
    {
        await _session.StartAsync(new StartOptions());
        var over = _session.StopAsync("enough");
        await Should.ThrowAsync<SessionStateException>(() => _session.StartAsync(new StartOptions()));
        Should.Throw<SessionStateException>(() => _session.ChangeUsers(1, 1));
        Should.Throw<SessionStateException>(_session.Reset);
        _session.StopAsync("once more").ShouldBeSameAs(over);
        _runs[0].Over.SetResult();
        await over.WaitAsync(Patience);
        _session.State.ShouldBe(SessionState.Stopped);
    }

    [Fact]
    public async Task A_run_that_ends_by_itself_is_stopping_and_then_stopped()
    {
        var run = await _session.StartAsync(new StartOptions());
        _runs[0].Snapshot = RunSnapshot.Empty with { Phase = RunPhase.Stopping };
        _session.State.ShouldBe(SessionState.Stopping);
        _runs[0].Over.SetResult();
        await run.Over.WaitAsync(Patience);
        _session.State.ShouldBe(SessionState.Stopped);
    }

    [Fact]
    public async Task Stopped()
    {
        var first = await _session.StartAsync(new StartOptions());
        _runs[0].Over.SetResult();
        await first.Over.WaitAsync(Patience);
        Should.Throw<SessionStateException>(() => _session.ChangeUsers(1, 1));
        Should.Throw<SessionStateException>(() => _session.StopAsync("x"));
        _session.Current.ShouldBeSameAs(first);
        var second = await _session.StartAsync(new StartOptions());
        (second.Number, _session.State, _runs[0].HasQuit, _runs[1].HasQuit).ShouldBe((2, SessionState.Running, true, false));
        _runs[1].Over.SetResult();
        await second.Over.WaitAsync(Patience);
        _session.Reset();
        (_session.State, _session.Current).ShouldBe((SessionState.Ready, null));
        _session.Runs.ShouldBe([second, first]);
        await _session.QuitAsync();
        _runs[1].HasQuit.ShouldBeTrue();
    }

    [Fact]
    public async Task Failed()
    {
        var first = await _session.StartAsync(new StartOptions());
        _runs[0].Over.SetException(new LoadTestException("no such thing"));
        await first.Over.WaitAsync(Patience);
        (_session.State, _session.Problem).ShouldBe((SessionState.Failed, "no such thing"));
        Should.Throw<SessionStateException>(() => _session.StopAsync("x"));
        await _session.StartAsync(new StartOptions());
        (_session.State, _session.Problem).ShouldBe((SessionState.Running, null));
        _runs[1].Over.SetException(new InvalidOperationException("bad\nluck"));
        await _session.Current!.Over.WaitAsync(Patience);
        _session.Problem.ShouldBe("InvalidOperationException: bad luck");
        _session.Reset();
        (_session.State, _session.Problem).ShouldBe((SessionState.Ready, null));
    }

    [Fact]
    public async Task A_start_that_is_refused_changes_nothing()
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => _session.StartAsync(new StartOptions { Users = 0, SpawnRate = -1, RunTime = "soon", Host = "ftp://x" }));
        refused.Errors.Keys.Order().ShouldBe(["host", "runTime", "spawnRate", "users"]);
        (_session.State, _runs.Count).ShouldBe((SessionState.Ready, 0));
    }

    [Fact]
    public async Task Only_one_of_many_starts_at_once_gets_through()
    {
        var starts = Enumerable.Range(0, 20).Select(_ => Task.Run(() => _session.StartAsync(new StartOptions()))).ToArray();
        await Task.WhenAny(Task.WhenAll(starts)).WaitAsync(Patience);
        starts.Count(s => s.IsCompletedSuccessfully).ShouldBe(1);
        _runs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_watches_hears_of_every_second_and_every_change()
    {
        int changes = 0, seconds = 0;
        _session.Changed += () => changes++;
        _session.SecondFolded += _ => seconds++;
        var run = await _session.StartAsync(new StartOptions());
        changes.ShouldBe(1);
        _runs[0].Fold();
        seconds.ShouldBe(1);
        _runs[0].Over.SetResult();
        await run.Over.WaitAsync(Patience);
        (changes, seconds).ShouldBe((2, 2));
    }

    public sealed class Idler : User
    {
        [Task]
        public void Idle()
        {
        }
    }

    private sealed class PlayedRun(RunOptions options) : ILiveRun
    {
        public RunOptions Options { get; } = options;

        public List<string> Calls { get; } = [];

        public TaskCompletionSource Over { get; } = new();

        public bool HasQuit { get; set; }

        public RunSnapshot Snapshot { get; set; } = RunSnapshot.Empty with { Phase = RunPhase.Running };

        public RunCourse Course { get; } = new();

        public event Action<RunSnapshot>? SecondFolded;

        public void Fold() => SecondFolded?.Invoke(Snapshot);

        public void ChangeScenario(string scenario, ScenarioChange change) =>
            Calls.Add(scenario == "none" ? throw new ArgumentException("There is no scenario none.") : FormattableString.Invariant($"scenario {scenario} {change.Users} {change.Rate}"));

        public void ChangeUsers(int users, double spawnRate) => Calls.Add($"users {users}");

        public void ResetStatistics() => Calls.Add("reset");

        public void Measured(Runs.Journal.TargetMetrics metrics) => Calls.Add($"measured {metrics.Source}");

        public void Sent(IReadOnlyList<OutputRow> outputs) => throw new NotSupportedException();

        public void Stop(string reason) => Calls.Add($"stop {reason}");

        public void Abort(string reason) => Calls.Add($"abort {reason}");
    }
}
