namespace Onrush.Runs;

/// <summary>How one scenario stands.</summary>
public sealed record ScenarioRow
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What decides when users start, stop and iterate: "constant arrival rate" and so on.</summary>
    public required string Executor { get; init; }

    /// <summary>Where it stands.</summary>
    public ScenarioPhase Phase { get; init; }

    /// <summary>Share of it that is done, from 0 to 1: of its iterations where their number is fixed, else of its time; null when neither is.</summary>
    public double? Progress { get; init; }

    /// <summary>Users alive now.</summary>
    public int Users { get; init; }

    /// <summary>Users it is to have; for arrival rates, the most it may make.</summary>
    public int TargetUsers { get; init; }

    /// <summary>Iterations finished.</summary>
    public long Iterations { get; init; }

    /// <summary>Iterations it comes to; null when their number is not fixed.</summary>
    public long? IterationsTotal { get; init; }

    /// <summary>Iterations that fell due on its schedule; 0 where there is none.</summary>
    public long Offered { get; init; }

    /// <summary>Iterations that were due and never started.</summary>
    public long Dropped { get; init; }

    /// <summary>Iterations that were cut with their user.</summary>
    public long Interrupted { get; init; }

    /// <summary>Iterations that are due and wait for a user.</summary>
    public long Waiting { get; init; }

    /// <summary>Iterations that fell due in the last complete second.</summary>
    public double OfferedPerSecond { get; init; }

    /// <summary>Iterations finished in the last complete second.</summary>
    public double AchievedPerSecond { get; init; }

    /// <summary>Time since its start, up to its end; zero before.</summary>
    public TimeSpan RunTime { get; init; }

    /// <summary>Its start; null while that is not known.</summary>
    internal DateTimeOffset? StartTime { get; init; }

    /// <summary>Time from its start to its regular end; null when it has none.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>Whether what it measures stays out of the results.</summary>
    public bool WarmUp { get; init; }
}

/// <summary>Where a scenario stands.</summary>
public enum ScenarioPhase
{
    /// <summary>Not started yet.</summary>
    Waiting,

    /// <summary>Started.</summary>
    Running,

    /// <summary>Past its regular end, or stopped: iterations are finishing.</summary>
    Stopping,

    /// <summary>Over.</summary>
    Over,
}
