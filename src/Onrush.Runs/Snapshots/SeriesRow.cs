using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>What one series gave since the start of the run: a line of the statistics table.</summary>
public sealed record SeriesRow
{
    /// <summary>Name of the scenario; empty in the Aggregated row.</summary>
    public required string Scenario { get; init; }

    /// <summary>HTTP method or request type; empty in the Aggregated row.</summary>
    public required string Method { get; init; }

    /// <summary>Name the requests are grouped under.</summary>
    public required string Name { get; init; }

    /// <summary>Requests begun.</summary>
    public long Started { get; init; }

    /// <summary>Requests finished, good or failed; cancelled ones are not among them.</summary>
    public long Requests { get; init; }

    /// <summary>Requests that failed.</summary>
    public long Failures { get; init; }

    /// <summary>Requests cut by the stop of their user.</summary>
    public long Cancelled { get; init; }

    /// <summary>Requests begun and not ended. Below zero only when the count is broken; see <see cref="RunSnapshot.Conservation"/>.</summary>
    public long InFlight => Started - Requests - Cancelled;

    /// <summary>Failed share of the finished requests, 0 to 1.</summary>
    public double FailureRatio => Requests == 0 ? 0 : (double)Failures / Requests;

    /// <summary>Response times of all finished requests: everything from the call, once the request is put together, to the last byte.</summary>
    public ResponseTimes All { get; init; } = ResponseTimes.None;

    /// <summary>Response times of the successful requests alone.</summary>
    public ResponseTimes Successes { get; init; } = ResponseTimes.None;

    /// <summary>Response times of the failed requests alone.</summary>
    public ResponseTimes Failed { get; init; } = ResponseTimes.None;

    /// <summary>Send, wait and receive together, of all finished requests (k6's http_req_duration).</summary>
    public ResponseTimes Duration { get; init; } = ResponseTimes.None;

    /// <summary>Time from the due start of the iteration to the last byte, for requests of scheduled iterations: free of coordinated
    /// omission. Null when no iteration was scheduled.</summary>
    public ResponseTimes? FromDue { get; init; }

    /// <summary>Where the time went.</summary>
    public required RequestPhases Phases { get; init; }

    /// <summary>Mean length of the received bodies in bytes.</summary>
    public double AverageContentLength { get; init; }

    /// <summary>Bytes written, heads included.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes read, heads included.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Finished requests in the last complete second.</summary>
    public double CurrentRps { get; init; }

    /// <summary>Failed requests in the last complete second.</summary>
    public double CurrentFailuresPerSecond { get; init; }

    /// <summary>Finished requests per second of the run so far.</summary>
    public double TotalRps { get; init; }

    /// <summary>Failed requests per second of the run so far.</summary>
    public double TotalFailuresPerSecond { get; init; }

    /// <summary>Number of responses by HTTP status; requests without a response are not in it. Ascending by status.</summary>
    public IReadOnlyList<StatusCount> Statuses { get; init; } = [];

    /// <summary>Distribution of <see cref="Successes"/>; empty except for the busiest rows.</summary>
    internal HistogramData SuccessTimes { get; init; } = HistogramData.Empty;

    /// <summary>Number of ended requests by outcome, cancelled ones included; outcomes that did not occur are left out.</summary>
    public IReadOnlyList<OutcomeCount> Outcomes { get; init; } = [];
}

/// <summary>How often a status was received.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Count">Number of responses.</param>
public readonly record struct StatusCount(int Status, long Count);

/// <summary>How often requests ended in one way.</summary>
/// <param name="Outcome">The way.</param>
/// <param name="Count">Number of requests.</param>
public readonly record struct OutcomeCount(Outcome Outcome, long Count);
