namespace Onrush.Runs.Results;

/// <summary>A worker: what it is, how it stands, what it did.</summary>
internal sealed record WorkerDocument
{
    /// <summary>Name of the worker.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands: as its coordinator knows it.</summary>
    public required WorkerCondition State { get; init; }

    /// <summary>Users on it; 0 when they were given to others.</summary>
    public required int Users { get; init; }

    /// <summary>Requests that it finished.</summary>
    public required long Requests { get; init; }

    /// <summary>Those of them that failed.</summary>
    public required long Failures { get; init; }

    /// <summary>Share of one core that its process uses, in percent; null when not known.</summary>
    public required double? CpuPercent { get; init; }

    /// <summary>Resident memory of its process in bytes; null when not known.</summary>
    public required long? MemoryBytes { get; init; }

    /// <summary>Engine loops it has; null when not known.</summary>
    public required int? Loops { get; init; }

    /// <summary>Busy share of its busiest loop in the last second, in percent.</summary>
    public required double BusyPercent { get; init; }

    /// <summary>Lag of its worst loop in the last second, 99th percentile in milliseconds.</summary>
    public required double LagP99Ms { get; init; }

    /// <summary>The coordinator's clock less its own, in milliseconds; null when not known.</summary>
    public required double? ClockOffsetMs { get; init; }

    /// <summary>Reports that it had not handed in yet; null when not known.</summary>
    public required int? ReportsWaiting { get; init; }

    /// <summary>Version of onrush it has; null for the process of the run itself.</summary>
    public required string? Version { get; init; }

    /// <summary>Its machine; null when not known.</summary>
    public required string? Address { get; init; }

    /// <summary>A worker of a run.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="phase">Where the run stands, for a worker of which nothing is said.</param>
    public static WorkerDocument Of(WorkerFigures worker, RunPhase phase) => new()
    {
        Id = worker.Worker,
        State = worker.Standing?.Condition ?? (phase switch
        {
            RunPhase.Ready => WorkerCondition.Ready,
            RunPhase.Spawning or RunPhase.Running => WorkerCondition.Running,
            RunPhase.Stopping => WorkerCondition.Ending,
            _ => WorkerCondition.Done,
        }),
        Users = worker.Users,
        Requests = worker.Requests,
        Failures = worker.Failures,
        CpuPercent = worker.Standing?.CpuPercent,
        MemoryBytes = worker.Standing?.MemoryBytes,
        Loops = worker.Loops > 0 ? worker.Loops : null,
        BusyPercent = Math.Round(worker.BusyPercent, 1),
        LagP99Ms = Math.Round(worker.LagP99Ms, 3),
        ClockOffsetMs = worker.Standing is { } standing ? Math.Round(standing.ClockOffsetNs / 1e6, 3) : null,
        ReportsWaiting = worker.Standing?.ReportsWaiting,
        Version = worker.Version,
        Address = worker.Machine,
    };
}
