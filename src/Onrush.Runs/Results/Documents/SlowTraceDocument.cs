namespace Onrush.Runs.Results;

/// <summary>A slow request whose trace the target has: it was sent with <c>traceparent</c> and marked to be recorded.</summary>
internal sealed record SlowTraceDocument
{
    /// <summary>Id of the trace, 32 hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Name the request is grouped under.</summary>
    public required string Name { get; init; }

    /// <summary>HTTP status; 0 when there was no response.</summary>
    public required int Status { get; init; }

    /// <summary>Response time in milliseconds.</summary>
    public required double ResponseMs { get; init; }

    /// <summary>The document of a trace.</summary>
    public static SlowTraceDocument Of(SlowTrace trace) => new()
    {
        TraceId = trace.TraceId,
        Scenario = trace.Scenario,
        Method = trace.Method,
        Name = trace.Name,
        Status = trace.Status,
        ResponseMs = trace.ResponseMs,
    };
}
