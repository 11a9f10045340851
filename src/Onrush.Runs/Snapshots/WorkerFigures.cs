namespace Onrush.Runs;

/// <summary>What one worker measured since the start of the run, all its lives together, and how it stands. Immutable.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Users">Users on it when it was heard last.</param>
/// <param name="Requests">Requests finished.</param>
/// <param name="Failures">Those that failed.</param>
/// <param name="Times">Response times; of its last life where it had several.</param>
internal sealed record WorkerFigures(string Worker, int Users, long Requests, long Failures, ResponseTimes Times)
{
    /// <summary>Failed share of the finished requests, 0 to 1.</summary>
    public double FailureRatio => Requests == 0 ? 0 : (double)Failures / Requests;

    /// <summary>How it stands; null when its coordinator did not say.</summary>
    public WorkerStanding? Standing { get; init; }

    /// <summary>Its machine; null when that is not known.</summary>
    public string? Machine { get; init; }

    /// <summary>Version of onrush it has; null for the process of the coordinator itself.</summary>
    public string? Version { get; init; }

    /// <summary>Engine loops it has; 0 when that is not known.</summary>
    public int Loops { get; init; }

    /// <summary>Its share in percent of an equal one, where it was made smaller because the worker was overloaded; else null.</summary>
    public int? SharePercent { get; init; }

    /// <summary>99th percentile of the lag of its worst loop in its last report, in milliseconds.</summary>
    public double LagP99Ms { get; init; }

    /// <summary>Busy share of its busiest loop in its last report, in percent.</summary>
    public double BusyPercent { get; init; }

    /// <summary>Whether it is another process than that of the coordinator.</summary>
    public bool IsElsewhere => Version is { Length: > 0 };
}
