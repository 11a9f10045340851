using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>What a run has given up to one instant: all that the console, the page and the report show. Immutable.</summary>
public sealed record RunSnapshot
{
    /// <summary>Name of the row that sums up all series.</summary>
    public const string AggregatedName = "Aggregated";

    /// <summary>A run that has not been started.</summary>
    public static readonly RunSnapshot Empty = new();

    /// <summary>Where the run stands.</summary>
    public RunPhase Phase { get; init; } = RunPhase.Ready;

    /// <summary>Why the run ended or is ending; null while it goes on.</summary>
    public string? StopReason { get; init; }

    /// <summary>Instant this picture shows.</summary>
    public DateTimeOffset TakenAt { get; init; }

    /// <summary>Start of the run; null before it.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Time since the start, up to the end once the run is over.</summary>
    public TimeSpan RunTime { get; init; }

    /// <summary>Number of users the run is to have.</summary>
    public int TargetUsers { get; init; }

    /// <summary>Users started or stopped per second on the way to the target.</summary>
    public double SpawnRate { get; init; }

    /// <summary>Users alive now.</summary>
    public int Users { get; init; }

    /// <summary>Users alive now by user class.</summary>
    public IReadOnlyDictionary<string, int> UsersByClass { get; init; } = new Dictionary<string, int>();

    /// <summary>Users that got past OnStartAsync since the start.</summary>
    public long UsersStarted { get; init; }

    /// <summary>Users that ended because OnStartAsync threw, or ended them by StopUser.</summary>
    public long UsersFailedOnStart { get; init; }

    /// <summary>One row per series, by name, then method, then scenario.</summary>
    public IReadOnlyList<SeriesRow> Series { get; init; } = [];

    /// <summary>All series together.</summary>
    public SeriesRow Aggregated { get; init; } = new()
    {
        Scenario = "",
        Method = "",
        Name = AggregatedName,
        Phases = new(
            ResponseTimes.None, ResponseTimes.None, ResponseTimes.None, ResponseTimes.None,
            ResponseTimes.None, ResponseTimes.None, ResponseTimes.None),
    };

    /// <summary>Failures, the most frequent first.</summary>
    public IReadOnlyList<FailureRow> Failures { get; init; } = [];

    /// <summary>Unhandled exceptions of user code, the most frequent first.</summary>
    public IReadOnlyList<ExceptionRow> Exceptions { get; init; } = [];

    /// <summary>How each scenario stands, in the order of the load test; empty for a run without a plan.</summary>
    public IReadOnlyList<ScenarioRow> Scenarios { get; init; } = [];

    /// <summary>How much warm-up scenarios measured, which is in no other figure; null when there is nothing.</summary>
    public string? WarmUpNote { get; init; }

    /// <summary>Users that ended themselves for a reason, the most frequent first.</summary>
    public IReadOnlyList<UserStopRow> UserStops { get; init; } = [];

    /// <summary>Iterations by scenario, by name.</summary>
    public IReadOnlyList<IterationRow> Iterations { get; init; } = [];

    /// <summary>Iterations of all scenarios together.</summary>
    public IterationRow AllIterations { get; init; } = new("", 0, 0, ResponseTimes.None, null);

    /// <summary>Thresholds, limits and failed invariants, and how they stand now.</summary>
    public IReadOnlyList<RuleRow> Rules { get; init; } = [];

    /// <summary>The checks of the load test, by scenario, group and name.</summary>
    public IReadOnlyList<CheckRow> Checks { get; init; } = [];

    /// <summary>How long the groups of the load test took, in milliseconds, by path.</summary>
    public IReadOnlyList<MetricRow> Groups { get; init; } = [];

    /// <summary>The load test's own metrics, by name.</summary>
    public IReadOnlyList<MetricRow> Metrics { get; init; } = [];

    /// <summary>Requests in flight now, as the engine counts them.</summary>
    public long InFlight { get; init; }

    /// <summary>How long the oldest request in flight has been going on; zero when none is.</summary>
    public TimeSpan OldestRequest { get; init; }

    /// <summary>How far the generator itself was the limit.</summary>
    public GeneratorHealth Generator { get; init; } = GeneratorHealth.None;

    /// <summary>Whether every request is accounted for.</summary>
    public Conservation Conservation { get; init; } = Conservation.Holding;

    /// <summary>The course of the run, oldest first: one-second points for the last hour, coarser before.</summary>
    public IReadOnlyList<RunSecond> Seconds { get; init; } = [];

    /// <summary>Measurements of the target itself, in the order in which they were first read.</summary>
    internal IReadOnlyList<TargetRow> Targets { get; init; } = [];

    /// <summary>The accounts of the outputs, in the order in which they were asked for.</summary>
    internal IReadOnlyList<OutputRow> Outputs { get; init; } = [];

    /// <summary>What the person who runs the test should know, one sentence each; every one appears once.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The course of each endpoint; unlike the rest it goes on to grow.</summary>
    internal RunCourse Course { get; init; } = new();

    /// <summary>What each worker measured.</summary>
    internal IReadOnlyList<WorkerFigures> Workers { get; init; } = [];

    /// <summary>What connecting took, of all requests; 0 for those that found a connection.</summary>
    internal HistogramData ConnectTimes { get; init; } = HistogramData.Empty;

    /// <summary>The most users that the run was to have at any time.</summary>
    internal int MostTargetUsers { get; init; }

    /// <summary>Whether users are started at a spawn rate until there are as many as asked for.</summary>
    internal bool IsRamped { get; init; }

    /// <summary>When the end was asked for, in seconds from the start; null while it was not.</summary>
    internal double? StoppingSecond { get; init; }
}
