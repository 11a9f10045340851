using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>How a scenario stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Executor">What decides when its users iterate.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Progress">Share that is done, 0 to 1; null where there is no end.</param>
/// <param name="Users">Users alive.</param>
/// <param name="TargetUsers">Users it is to have; for arrival rates, the most it may make.</param>
/// <param name="Iterations">Iterations finished.</param>
/// <param name="IterationsTotal">Iterations it comes to; null when their number is not fixed.</param>
/// <param name="Dropped">Iterations that were due and never started.</param>
/// <param name="Waiting">Iterations that are due and wait for a user.</param>
/// <param name="OfferedPerSecond">Iterations that fell due in the last complete second.</param>
/// <param name="AchievedPerSecond">Iterations finished in the last complete second.</param>
/// <param name="StartSecond">Its start in seconds from that of the run; null before.</param>
/// <param name="RunTimeSeconds">Seconds since its start, up to its end.</param>
/// <param name="LengthSeconds">Seconds from its start to its regular end; null when it has none.</param>
/// <param name="WarmUp">Whether what it measures stays out of the results.</param>
internal sealed record ScenarioState(
    string Name, string Executor, ScenarioPhase Phase, double? Progress, int Users, int TargetUsers, long Iterations, long? IterationsTotal, long Dropped,
    long Waiting, double OfferedPerSecond, double AchievedPerSecond, double? StartSecond, double RunTimeSeconds, double? LengthSeconds, bool WarmUp)
{
    /// <summary>The scenarios of a run, in the order of the load test.</summary>
    public static IReadOnlyList<ScenarioState> Of(RunSnapshot run) =>
    [
        .. run.Scenarios.Select(row => new ScenarioState(
            row.Name, row.Executor, row.Phase, row.Progress is { } progress ? Numbers.Short(progress) : null, row.Users, row.TargetUsers, row.Iterations,
            row.IterationsTotal, row.Dropped, row.Waiting, row.OfferedPerSecond, row.AchievedPerSecond, StartOf(run, row), Numbers.Short(row.RunTime.TotalSeconds),
            row.Length?.TotalSeconds, row.WarmUp)),
    ];

    /// <summary>Start of a scenario in seconds from that of the run; null when it is not known.</summary>
    public static double? StartOf(RunSnapshot run, ScenarioRow row) =>
        row.StartTime is { } start && run.StartTime is { } begin ? Numbers.Short(Math.Max(0, (start - begin).TotalSeconds)) : null;
}
