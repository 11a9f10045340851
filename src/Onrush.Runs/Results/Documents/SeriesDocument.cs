using Onrush.Measurement;

namespace Onrush.Runs.Results;

/// <summary>What one series gave since the start of the run.</summary>
internal sealed record SeriesDocument
{
    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>HTTP method or request type.</summary>
    public required string Method { get; init; }

    /// <summary>Name the requests are grouped under.</summary>
    public required string Name { get; init; }

    /// <summary>Requests begun.</summary>
    public required long Started { get; init; }

    /// <summary>Requests finished, good or failed; cancelled ones are not among them.</summary>
    public required long Requests { get; init; }

    /// <summary>Requests that failed.</summary>
    public required long Failures { get; init; }

    /// <summary>Requests cut by the stop of their user.</summary>
    public required long Cancelled { get; init; }

    /// <summary>Requests begun and not ended.</summary>
    public required long InFlight { get; init; }

    /// <summary>Failed share of the finished requests, 0 to 1.</summary>
    public required double FailureRatio { get; init; }

    /// <summary>Response times of all finished requests: everything from the call to the last byte.</summary>
    public required TimesDocument All { get; init; }

    /// <summary>Response times of the successful requests alone.</summary>
    public required TimesDocument Successes { get; init; }

    /// <summary>Response times of the failed requests alone.</summary>
    public required TimesDocument Failed { get; init; }

    /// <summary>Send, wait and receive together (k6's http_req_duration).</summary>
    public required TimesDocument Duration { get; init; }

    /// <summary>From the due start of the iteration to the last byte, free of coordinated omission; null when nothing was scheduled.</summary>
    public required TimesDocument? FromDue { get; init; }

    /// <summary>Where the time went.</summary>
    public required PhasesDocument Phases { get; init; }

    /// <summary>Mean length of the received bodies in bytes.</summary>
    public required double AverageContentLength { get; init; }

    /// <summary>Bytes written, heads included.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Bytes read, heads included.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Finished requests in the last complete second.</summary>
    public required double CurrentRps { get; init; }

    /// <summary>Failed requests in the last complete second.</summary>
    public required double CurrentFailuresPerSecond { get; init; }

    /// <summary>Finished requests per second of the run so far.</summary>
    public required double TotalRps { get; init; }

    /// <summary>Failed requests per second of the run so far.</summary>
    public required double TotalFailuresPerSecond { get; init; }

    /// <summary>Responses by HTTP status, ascending; requests without a response are not in it.</summary>
    public required IReadOnlyList<StatusDocument> Statuses { get; init; }

    /// <summary>Ended requests by outcome, cancelled ones included; outcomes that did not occur are left out.</summary>
    public required IReadOnlyList<OutcomeDocument> Outcomes { get; init; }
}

/// <summary>How often a status was received.</summary>
internal sealed record StatusDocument
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Number of responses.</summary>
    public required long Count { get; init; }
}

/// <summary>How often requests ended in one way.</summary>
internal sealed record OutcomeDocument
{
    /// <summary>The way, by the stage at which the request ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Number of requests.</summary>
    public required long Count { get; init; }
}
