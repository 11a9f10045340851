using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Outputs.Tests.Pipeline;

/// <summary>A run that a test plays step by step.</summary>
internal sealed class PlayedRun : IRunControl, IReportSource
{
    public event Action<RunSnapshot>? SecondFolded;

    public event Action<IntervalReport>? ReportFolded;

    public RunSnapshot Snapshot { get; private set; } = RunSnapshot.Empty;

    public void Play(RunStep step)
    {
        foreach (var report in step.Reports)
            ReportFolded?.Invoke(report);
        Snapshot = step.Picture;
        SecondFolded?.Invoke(step.Picture);
    }

    public void ChangeScenario(string scenario, ScenarioChange change) => throw new NotSupportedException();

    public void ChangeUsers(int users, double spawnRate) => throw new NotSupportedException();

    public void Stop(string reason) => throw new NotSupportedException();

    public void Abort(string reason) => throw new NotSupportedException();
}
