namespace Onrush.Bench.Children;

/// <summary>What a child says at its end; its last line, as JSON. Times of the engine are those that a run would show.</summary>
internal sealed record ChildReport
{
    /// <summary>Why its figures do not count; null when they do.</summary>
    public string? Problem { get; init; }

    /// <summary>Bytes allocated by the process per finished request, in whole seconds after the warm-up.</summary>
    public double? AllocatedPerRequest { get; init; }

    /// <summary>Requests that failed.</summary>
    public long Failures { get; init; }

    /// <summary>Response time, median in milliseconds.</summary>
    public double MedianMs { get; init; }

    /// <summary>Response time, 99th percentile in milliseconds.</summary>
    public double P99Ms { get; init; }

    /// <summary>From the call to the request written, median in milliseconds.</summary>
    public double SendMedianMs { get; init; }

    /// <summary>From the request written to the first byte, median in milliseconds.</summary>
    public double WaitMedianMs { get; init; }

    /// <summary>What the generator itself added to a response, median in milliseconds.</summary>
    public double AddedMedianMs { get; init; }

    /// <summary>How late a timer fired, median in milliseconds.</summary>
    public double CanaryMedianMs { get; init; }

    /// <summary>How late a timer fired, 99th percentile in milliseconds.</summary>
    public double CanaryP99Ms { get; init; }

    /// <summary>Length of a turn of a loop, 99th percentile in milliseconds.</summary>
    public double LagP99Ms { get; init; }

    /// <summary>Busy share of the loops over the run in percent.</summary>
    public double BusyPercent { get; init; }

    /// <summary>Whether the run is marked as generator-bound, and the sentence that says so.</summary>
    public bool IsBound { get; init; }

    /// <summary>The sentence on the generator that a run shows.</summary>
    public string Generator { get; init; } = "";

    /// <summary>From the start of the first user to the start of the last one, in seconds.</summary>
    public double SpawnSeconds { get; init; }

    /// <summary>Largest lateness of a user's start against the schedule that began with the first user, in milliseconds.</summary>
    public double SpawnLateMs { get; init; }

    /// <summary>From the start of the first user until every user had its first response, in seconds.</summary>
    public double ConnectedSeconds { get; init; }

    /// <summary>Iterations that fell due.</summary>
    public long Offered { get; init; }

    /// <summary>Iterations that were done.</summary>
    public long Done { get; init; }

    /// <summary>Iterations that began at most a millisecond late.</summary>
    public long OnTime { get; init; }

    /// <summary>How late iterations began, median in milliseconds.</summary>
    public double LatenessMedianMs { get; init; }

    /// <summary>How late iterations began, 99th percentile in milliseconds.</summary>
    public double LatenessP99Ms { get; init; }

    /// <summary>How late the latest iteration began, in milliseconds.</summary>
    public double LatenessMaxMs { get; init; }

    /// <summary>CPU seconds of the process per second of the run.</summary>
    public double Cores { get; init; }
}
