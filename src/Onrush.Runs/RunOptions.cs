using Onrush.Scenarios;

namespace Onrush.Runs;

/// <summary>How sockets are waited for.</summary>
public enum Transport
{
    /// <summary>epoll on Linux, portable elsewhere.</summary>
    Auto,

    /// <summary>An epoll instance per loop; Linux only.</summary>
    Epoll,

    /// <summary>SocketAsyncEventArgs with inline completions; everywhere.</summary>
    Portable,
}

/// <summary>What a run is started with. Immutable; a change while running is a call on <see cref="IRunControl"/>.</summary>
public sealed record RunOptions
{
    /// <summary>URL in front of every relative path, for all user classes; null leaves it to the classes.</summary>
    public string? Host { get; init; }

    /// <summary>Targets that may be chosen on the page.</summary>
    internal IReadOnlyList<TargetProfile> Targets { get; init; } = [];

    /// <summary>Peak number of concurrent users.</summary>
    public int Users { get; init; } = 1;

    /// <summary>Users started per second.</summary>
    public double SpawnRate { get; init; } = 1;

    /// <summary>True runs all user classes by <see cref="Users"/> and <see cref="SpawnRate"/> although the load test configures scenarios.</summary>
    public bool ReplacesScenarios { get; init; }

    /// <summary>What all user classes run by in place of <see cref="Users"/> and <see cref="SpawnRate"/>; null for these.</summary>
    internal Executor? Executor { get; init; }

    /// <summary>True leaves out the rules of the load test: the run is to go beyond them.</summary>
    internal bool IgnoresRules { get; init; }

    /// <summary>Length of the run, ramp included; null runs until it is stopped.</summary>
    public TimeSpan? RunTime { get; init; }

    /// <summary>Thresholds besides those of the load test.</summary>
    internal IReadOnlyList<ThresholdText> Thresholds { get; init; } = [];

    /// <summary>How long iterations that are running at the stop may go on.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>Seed of every random choice; null takes one from the clock.</summary>
    public long? Seed { get; init; }

    /// <summary>How sockets are waited for.</summary>
    public Transport Transport { get; init; } = Transport.Auto;

    /// <summary>True takes any TLS certificate.</summary>
    public bool Insecure { get; init; }

    /// <summary>Source addresses that connections are spread over; empty lets the system choose.</summary>
    public IReadOnlyList<System.Net.IPAddress> LocalAddresses { get; init; } = [];

    /// <summary>Share of the requests whose trace the target is asked to record, 0 to 1; 0 sends no trace context at all.</summary>
    internal double TraceShare { get; init; }

    /// <summary>Where every finished request goes, besides being counted; null when nobody asked.</summary>
    internal Measurement.RequestRings? Requests { get; init; }

    /// <summary>Number of engine loops; null takes one per core the process may use.</summary>
    public int? Loops { get; init; }
}
