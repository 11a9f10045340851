using System.Globalization;
using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Runs.Journal;

namespace Onrush.Dashboard.Tests;

/// <summary>A run whose seconds pass when told: a real fold of what a fake worker reports.</summary>
internal sealed class FakeRun : ILiveRun
{
    private readonly RunState _state = new();
    private readonly FakeWorker _worker = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunSnapshot _snapshot = RunSnapshot.Empty;
    private int _seconds;

    public event Action<RunSnapshot>? SecondFolded;

    public List<string> Calls { get; } = [];

    public RunSnapshot Snapshot => Volatile.Read(ref _snapshot);

    public RunCourse Course => _state.Course;

    public Task RunAsync()
    {
        _state.Apply(new RunChange(FakeWorker.StartUnixMs, RunPhase.Running, 10, 5));
        return _over.Task;
    }

    /// <summary>Lets seconds pass: each with eight good requests, one that fails and an exception.</summary>
    public FakeRun Play(int seconds = 1)
    {
        for (int i = 0; i < seconds; i++)
        {
            _worker.Requests(8, ms: 5 + _seconds % 10);
            _worker.Requests(1, ms: 20, name: "/buy", outcome: Outcome.Status, error: "500 Internal Server Error");
            _worker.Recorder.UserError("HelloUser", "Buy", new InvalidOperationException("the cart is empty"));
            _state.Apply(_worker.Report());
            // The first reading fails.
            Measured(new TargetMetrics(NowMs, "process 7", new Dictionary<string, double> { ["process 7 CPU"] = _seconds == 0 ? double.NaN : 40 + _seconds })
            {
                Units = new Dictionary<string, string> { ["process 7 CPU"] = "%" },
            });
            _seconds++;
        }

        Publish();
        return this;
    }

    /// <summary>Lets seconds pass in which each of so many endpoints is asked.</summary>
    public void Play(int seconds, int endpoints)
    {
        for (int i = 0; i < seconds; i++)
        {
            for (int endpoint = 0; endpoint < endpoints; endpoint++)
                _worker.Requests(3, ms: 1 + (endpoint * 7 + _seconds) % 400, name: $"/endpoint/{endpoint}");
            _state.Apply(_worker.Report());
            _seconds++;
        }

        Publish();
    }

    /// <summary>Adds requests under a name of one's own.</summary>
    public void Play(string name, string error)
    {
        _worker.Requests(1, name: name, outcome: Outcome.Status, error: error);
        Play();
    }

    public void ChangeScenario(string scenario, ScenarioChange change) =>
        Calls.Add(scenario == "none" ? throw new ArgumentException("There is no scenario none.") : FormattableString.Invariant($"scenario {scenario} {change.Users} {change.Rate}"));

    public void ChangeUsers(int users, double spawnRate)
    {
        Calls.Add(string.Create(CultureInfo.InvariantCulture, $"users {users} at {spawnRate}"));
        _state.Apply(new RunChange(NowMs, RunPhase.Running, users, spawnRate));
        Publish();
    }

    public void ResetStatistics()
    {
        Calls.Add("reset");
        _state.Apply(new StatisticsReset(NowMs));
        Publish();
    }

    public void Measured(TargetMetrics metrics) => _state.Apply(metrics);

    public void Sent(IReadOnlyList<OutputRow> outputs) => throw new NotSupportedException();

    public void Stop(string reason)
    {
        Calls.Add($"stop {reason}");
        _state.Apply(new RunChange(NowMs, RunPhase.Stopped, 0, 5, reason));
        Publish();
        _over.TrySetResult();
    }

    public void Abort(string reason) => Stop(reason);

    private long NowMs => FakeWorker.StartUnixMs + _seconds * 1000L;

    private void Publish()
    {
        var snapshot = _state.Snapshot(NowMs);
        Volatile.Write(ref _snapshot, snapshot);
        SecondFolded?.Invoke(snapshot);
    }
}
