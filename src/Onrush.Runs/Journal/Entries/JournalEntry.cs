using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>Something that happened in a run, as it is kept. Immutable.</summary>
/// <param name="UnixMs">When it was written, in milliseconds of Unix time.</param>
internal abstract record JournalEntry(long UnixMs);

/// <summary>What the run was started with.</summary>
internal sealed record PlanEntry(long UnixMs, RunPlan Plan) : JournalEntry(UnixMs);

/// <summary>A worker came or went.</summary>
internal sealed record RosterEntry(long UnixMs, RosterChange Change) : JournalEntry(UnixMs);

/// <summary>One worker's measurements of one second.</summary>
internal sealed record ReportEntry(long UnixMs, IntervalReport Report) : JournalEntry(UnixMs)
{
    /// <summary>The same as it came; null when it was made here.</summary>
    public PackedReport? Packed { get; init; }
}

/// <summary>A line of the log.</summary>
internal sealed record LogEntry(long UnixMs, LogLine Line) : JournalEntry(UnixMs);

/// <summary>Something was decided about the run.</summary>
internal sealed record ChangeEntry(long UnixMs, RunChange Change) : JournalEntry(UnixMs);

/// <summary>The result.</summary>
internal sealed record VerdictEntry(long UnixMs, RunVerdict Verdict) : JournalEntry(UnixMs);

/// <summary>Measurements of the target itself.</summary>
internal sealed record TargetMetricsEntry(long UnixMs, TargetMetrics Metrics) : JournalEntry(UnixMs);

/// <summary>A picture of everything before was shown, as of <see cref="JournalEntry.UnixMs"/>.</summary>
/// <param name="UnixMs">When, in milliseconds of Unix time.</param>
/// <param name="Rules">How the rules of the run stood in it; null when they stood as in the picture before.</param>
internal sealed record ShownEntry(long UnixMs, IReadOnlyList<RuleRow>? Rules = null) : JournalEntry(UnixMs);

/// <summary>A coordinator decided something that one after it has to know.</summary>
/// <param name="UnixMs">When, in milliseconds of Unix time.</param>
/// <param name="Decision">The decision, in the coordinator's own form.</param>
internal sealed record DecisionEntry(long UnixMs, byte[] Decision) : JournalEntry(UnixMs);

/// <summary>How workers stood from here on.</summary>
/// <param name="UnixMs">When, in milliseconds of Unix time.</param>
/// <param name="Standings">Those of whom there is something new.</param>
internal sealed record WorkersEntry(long UnixMs, IReadOnlyList<WorkerStanding> Standings) : JournalEntry(UnixMs);

/// <summary>The totals were begun anew at <see cref="JournalEntry.UnixMs"/>.</summary>
internal sealed record ResetEntry(long UnixMs) : JournalEntry(UnixMs);
