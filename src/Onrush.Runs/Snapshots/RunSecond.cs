using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>
/// One point of the charts: a second of the run, or ten, sixty or more seconds together further back. Counts are sums over the point.
/// </summary>
public sealed record RunSecond
{
    /// <summary>Beginning of the point, in seconds from the start of the run.</summary>
    public int StartSecond { get; init; }

    /// <summary>Length of the point in seconds.</summary>
    public int LengthSeconds { get; init; } = 1;

    /// <summary>Users alive at the end of a second; the mean where the point is longer.</summary>
    public int Users { get; init; }

    /// <summary>Requests finished, good or failed.</summary>
    public long Requests { get; init; }

    /// <summary>Requests that failed.</summary>
    public long Failures { get; init; }

    /// <summary>Requests cut by the stop of their user.</summary>
    public long Cancelled { get; init; }

    /// <summary>Iterations finished.</summary>
    public long Iterations { get; init; }

    /// <summary>Requests in flight at the end of a second; the largest where the point is longer.</summary>
    public long InFlight { get; init; }

    /// <summary>Age of the oldest request in flight in milliseconds, the largest of the point.</summary>
    public double OldestRequestMs { get; init; }

    /// <summary>Response times of the requests that finished in this point.</summary>
    public ResponseTimes Times { get; init; } = ResponseTimes.None;

    /// <summary>Bytes written.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes read.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Busy share of the busiest engine loop in percent.</summary>
    public double BusyPercent { get; init; }

    /// <summary>99th percentile of the lag of the worst engine loop in milliseconds.</summary>
    public double LagP99Ms { get; init; }

    /// <summary>Scheduled iterations that started.</summary>
    public long ArrivalsStarted { get; init; }

    /// <summary>Scheduled iterations that were due and never started.</summary>
    public long ArrivalsDropped { get; init; }

    /// <summary>True when the generator was the limit in at least one second of the point.</summary>
    public bool GeneratorBound { get; init; }

    /// <summary>The distribution that <see cref="Times"/> was read from: what the heat map is drawn from.</summary>
    internal HistogramData Distribution { get; init; } = HistogramData.Empty;

    /// <summary>The slowest requests whose traces the target has, the slowest first.</summary>
    internal IReadOnlyList<SlowTrace> SlowTraces { get; init; } = [];

    /// <summary>Where requests ended, and what connecting took.</summary>
    internal StageCounts Stages { get; init; } = StageCounts.None;

    /// <summary>Finished requests per second.</summary>
    public double Rps => (double)Requests / LengthSeconds;

    /// <summary>Failed requests per second.</summary>
    public double FailuresPerSecond => (double)Failures / LengthSeconds;
}
