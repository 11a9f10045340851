namespace Onrush.Runs;

/// <summary>How far the generator itself was the limit.</summary>
public sealed record GeneratorHealth
{
    /// <summary>Health of a generator that has not run.</summary>
    public static readonly GeneratorHealth None = new();

    /// <summary>Busy share of the busiest engine loop in the last complete second, in percent.</summary>
    public double BusyPercent { get; init; }

    /// <summary>Busy share of all engine loops over the whole run, in percent.</summary>
    public double AverageBusyPercent { get; init; }

    /// <summary>Lag of the worst engine loop in the last complete second, 99th percentile in milliseconds.</summary>
    public double CurrentLagP99Ms { get; init; }

    /// <summary>Lag of the engine loops over the whole run: how long one turn kept everything else waiting.</summary>
    public ResponseTimes Lag { get; init; } = ResponseTimes.None;

    /// <summary>How late a timer of the engine loops fired, over the whole run.</summary>
    public ResponseTimes Canary { get; init; } = ResponseTimes.None;

    /// <summary>Time between the arrival of a response in the kernel and its reading, over the whole run; its count is 0 where the
    /// system gives no receive timestamps. It is not contained in the response times.</summary>
    public ResponseTimes Added { get; init; } = ResponseTimes.None;

    /// <summary>Seconds in which some engine loop was too busy or too late for its figures to be the target's.</summary>
    public int BoundSeconds { get; init; }

    /// <summary>Those seconds, neighbours joined, oldest first.</summary>
    public IReadOnlyList<GeneratorSpan> BoundSpans { get; init; } = [];

    /// <summary>Each loop for itself.</summary>
    internal IReadOnlyList<LoopFigures> Loops { get; init; } = [];

    /// <summary>True when at least one second was generator-bound.</summary>
    public bool IsBound => BoundSeconds > 0;

    /// <summary>The verdict in one sentence, to be shown as it is.</summary>
    public string Text { get; init; } = "Generator: nothing measured yet.";
}

/// <summary>A stretch of time in which the generator was the limit.</summary>
/// <param name="From">Beginning, counted from the start of the run.</param>
/// <param name="To">End, counted from the start of the run.</param>
public readonly record struct GeneratorSpan(TimeSpan From, TimeSpan To);
