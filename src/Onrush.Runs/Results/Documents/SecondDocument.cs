namespace Onrush.Runs.Results;

/// <summary>One point of the charts: a second of the run, or more seconds together further back. Counts are sums over the point.</summary>
internal sealed record SecondDocument
{
    /// <summary>Beginning of the point, in seconds from the start of the run.</summary>
    public required int StartSecond { get; init; }

    /// <summary>Length of the point in seconds.</summary>
    public required int LengthSeconds { get; init; }

    /// <summary>Users alive at the end of a second; the mean where the point is longer.</summary>
    public required int Users { get; init; }

    /// <summary>Requests finished, good or failed.</summary>
    public required long Requests { get; init; }

    /// <summary>Requests that failed.</summary>
    public required long Failures { get; init; }

    /// <summary>Requests cut by the stop of their user.</summary>
    public required long Cancelled { get; init; }

    /// <summary>Iterations finished.</summary>
    public required long Iterations { get; init; }

    /// <summary>Requests in flight at the end of a second; the largest where the point is longer.</summary>
    public required long InFlight { get; init; }

    /// <summary>Age of the oldest request in flight in milliseconds, the largest of the point.</summary>
    public required double OldestRequestMs { get; init; }

    /// <summary>Response times of the requests that finished in this point.</summary>
    public required TimesDocument Times { get; init; }

    /// <summary>Bytes written.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Bytes read.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Busy share of the busiest engine loop in percent.</summary>
    public required double BusyPercent { get; init; }

    /// <summary>True when the generator was the limit in at least one second of the point.</summary>
    public required bool GeneratorBound { get; init; }

    /// <summary>The slowest requests whose traces the target has, the slowest first.</summary>
    public IReadOnlyList<SlowTraceDocument> SlowTraces { get; init; } = [];

    /// <summary>Finished requests per second.
    public required double Rps { get; init; }

    /// <summary>Failed requests per second.</summary>
    public required double FailuresPerSecond { get; init; }
}
