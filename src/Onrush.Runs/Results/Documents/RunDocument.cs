namespace Onrush.Runs.Results;

/// <summary>
/// A run as one JSON document: what <c>--json-file</c> writes and what the page and the report show. Names are camelCase, enumerations
/// are words, every duration is in milliseconds and says so in its name, instants are ISO 8601 in UTC. A field may be added within a
/// schema version; none is removed, renamed or given another meaning.
/// </summary>
internal sealed record RunDocument
{
    /// <summary>Version of this document's shape.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>What was run.</summary>
    public required AboutDocument About { get; init; }

    /// <summary>Where the run stands.</summary>
    public required RunPhase Phase { get; init; }

    /// <summary>Why the run ended or is ending; null while it goes on.</summary>
    public required string? StopReason { get; init; }

    /// <summary>What the run comes to; null before its end.</summary>
    public VerdictDocument? Verdict { get; init; }

    /// <summary>Instant this document shows.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Start of the run; null before it.</summary>
    public required DateTimeOffset? StartTime { get; init; }

    /// <summary>Milliseconds since the start, up to the end once the run is over.</summary>
    public required double RunTimeMs { get; init; }

    /// <summary>Number of users the run is to have.</summary>
    public required int TargetUsers { get; init; }

    /// <summary>Users started or stopped per second on the way to the target.</summary>
    public required double SpawnRate { get; init; }

    /// <summary>Users alive now.</summary>
    public required int Users { get; init; }

    /// <summary>Users alive now by user class.</summary>
    public required IReadOnlyDictionary<string, int> UsersByClass { get; init; }

    /// <summary>Users that got past OnStartAsync since the start.</summary>
    public required long UsersStarted { get; init; }

    /// <summary>Users that ended because OnStartAsync threw.</summary>
    public required long UsersFailedOnStart { get; init; }

    /// <summary>Requests in flight now.</summary>
    public required long InFlight { get; init; }

    /// <summary>How long the oldest request in flight has been going on, in milliseconds; 0 when none is.</summary>
    public required double OldestRequestMs { get; init; }

    /// <summary>One row per series, by name, then method, then scenario.</summary>
    public required IReadOnlyList<SeriesDocument> Series { get; init; }

    /// <summary>All series together; scenario and method are empty.</summary>
    public required SeriesDocument Aggregated { get; init; }

    /// <summary>Failures, the most frequent first.</summary>
    public required IReadOnlyList<FailureDocument> Failures { get; init; }

    /// <summary>Unhandled exceptions of user code, the most frequent first.</summary>
    public required IReadOnlyList<ExceptionDocument> Exceptions { get; init; }

    /// <summary>Iterations by scenario, by name.</summary>
    public required IReadOnlyList<IterationsDocument> Iterations { get; init; }

    /// <summary>Iterations of all scenarios together; scenario is empty.</summary>
    public required IterationsDocument AllIterations { get; init; }

    /// <summary>Measurements of the target itself, in the order in which they were first read.</summary>
    public required IReadOnlyList<TargetDocument> Targets { get; init; }

    /// <summary>The accounts of the outputs (--out), in the order in which they were asked for.</summary>
    public IReadOnlyList<OutputDocument> Outputs { get; init; } = [];

    /// <summary>How far the generator itself was the limit.</summary>
    public required GeneratorDocument Generator { get; init; }

    /// <summary>Who made the load, by name.</summary>
    public IReadOnlyList<WorkerDocument> Workers { get; init; } = [];

    /// <summary>One sentence per count that is not conserved (started = succeeded + failed + cancelled + in flight); empty when all agree.</summary>
    public required IReadOnlyList<string> ConservationErrors { get; init; }

    /// <summary>What the person who runs the test should know, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What was understood from the run, the cause before what follows from it.</summary>
    public IReadOnlyList<FindingDocument> Findings { get; init; } = [];

    /// <summary>The course of the run, oldest first: one-second points for the last hour, coarser before.</summary>
    public required IReadOnlyList<SecondDocument> Seconds { get; init; }
}
