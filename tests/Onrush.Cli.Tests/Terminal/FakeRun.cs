using System.Globalization;
using Onrush.Runs;

namespace Onrush.Cli.Tests.Terminal;

/// <summary>A run that writes down what it is asked for.</summary>
internal sealed class FakeRun : IRunControl
{
    public List<string> Calls { get; } = [];

    public RunSnapshot Snapshot { get; set; } = RunSnapshot.Empty;

    public event Action<RunSnapshot>? SecondFolded;

    public void ChangeUsers(int users, double spawnRate) => Calls.Add(string.Create(CultureInfo.InvariantCulture, $"users {users} at {spawnRate}"));

    public void ChangeScenario(string scenario, ScenarioChange change) => Calls.Add($"{scenario}: {change}");

    public void Stop(string reason) => Calls.Add($"stop {reason}");

    public void Abort(string reason) => Calls.Add($"abort {reason}");

    /// <summary>Lets a second pass.</summary>
    public void Fold(RunSnapshot snapshot)
    {
        Snapshot = snapshot;
        SecondFolded?.Invoke(snapshot);
    }
}
