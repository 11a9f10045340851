namespace Onrush.Runs.Results;

/// <summary>How far the generator itself was the limit.</summary>
internal sealed record GeneratorDocument
{
    /// <summary>The verdict in one sentence.</summary>
    public required string Text { get; init; }

    /// <summary>True when at least one second was generator-bound.</summary>
    public required bool IsBound { get; init; }

    /// <summary>Seconds in which an engine loop was too busy or too late for its figures to be the target's.</summary>
    public required int BoundSeconds { get; init; }

    /// <summary>Those seconds, neighbours joined, oldest first.</summary>
    public required IReadOnlyList<SpanDocument> BoundSpans { get; init; }

    /// <summary>Busy share of the busiest engine loop in the last complete second, in percent.</summary>
    public required double BusyPercent { get; init; }

    /// <summary>Busy share of all engine loops over the whole run, in percent.</summary>
    public required double AverageBusyPercent { get; init; }

    /// <summary>Lag of the worst engine loop in the last complete second, 99th percentile in milliseconds.</summary>
    public required double CurrentLagP99Ms { get; init; }

    /// <summary>How long one turn of a loop kept everything else waiting, over the whole run.</summary>
    public required TimesDocument Lag { get; init; }

    /// <summary>How late a timer of the engine loops fired, over the whole run.</summary>
    public required TimesDocument Canary { get; init; }

    /// <summary>Time between the arrival of a response in the kernel and its reading; not contained in the response times.</summary>
    public required TimesDocument Added { get; init; }
}

/// <summary>A stretch of time, in milliseconds from the start of the run.</summary>
internal sealed record SpanDocument
{
    /// <summary>Beginning in milliseconds from the start of the run.</summary>
    public required double FromMs { get; init; }

    /// <summary>End in milliseconds from the start of the run.</summary>
    public required double ToMs { get; init; }
}
