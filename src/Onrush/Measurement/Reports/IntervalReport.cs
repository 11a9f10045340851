namespace Onrush.Measurement;

/// <summary>
/// One worker's measurements of one second: numbered, immutable, mergeable. The only thing that crosses from the hot side to the cold
/// side, and from a worker to the coordinator.
/// </summary>
internal sealed record IntervalReport
{
    /// <summary>Name of the worker.</summary>
    public required string Worker { get; init; }

    /// <summary>Which life of the worker: higher after each restart.</summary>
    public required int Incarnation { get; init; }

    /// <summary>Number of the report within the incarnation, from 1; of the first one where several were merged.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>Number of the last report that was merged into this one; else the same as <see cref="FirstSequence"/>.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Beginning, in milliseconds of Unix time.</summary>
    public required long StartUnixMs { get; init; }

    /// <summary>Length in nanoseconds.</summary>
    public required long DurationNs { get; init; }

    /// <summary>How things stood at the end.</summary>
    public IntervalGauges Gauges { get; init; } = new();

    /// <summary>What was counted.</summary>
    public IntervalTotals Totals { get; init; } = IntervalTotals.Empty;

    /// <summary>End, in milliseconds of Unix time.</summary>
    public long EndUnixMs => StartUnixMs + DurationNs / 1_000_000;

    /// <summary>Two neighbouring reports of one worker as one, in either order.</summary>
    /// <exception cref="ArgumentException">They are not neighbours.</exception>
    public static IntervalReport Merge(IntervalReport a, IntervalReport b)
    {
        var (early, late) = a.FirstSequence <= b.FirstSequence ? (a, b) : (b, a);
        if (early.Worker != late.Worker || early.Incarnation != late.Incarnation || early.LastSequence + 1 != late.FirstSequence)
        {
            throw new ArgumentException(
                $"Report {early.FirstSequence}-{early.LastSequence} of {early.Worker}/{early.Incarnation} is not followed by "
                + $"{late.FirstSequence}-{late.LastSequence} of {late.Worker}/{late.Incarnation}.",
                nameof(b));
        }
        return early with
        {
            LastSequence = late.LastSequence,
            DurationNs = early.DurationNs + late.DurationNs,
            Gauges = late.Gauges,
            Totals = IntervalTotals.Merge(early.Totals, late.Totals),
        };
    }
}
