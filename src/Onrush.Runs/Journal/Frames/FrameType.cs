namespace Onrush.Runs.Journal;

/// <summary>What a frame holds. The numbers are part of the format; a reader passes over those it does not know.</summary>
internal enum FrameType : byte
{
    /// <summary>What the run was started with, or a later revision of it: JSON.</summary>
    Plan = 1,

    /// <summary>A worker came or went: JSON.</summary>
    Roster = 2,

    /// <summary>An interval report: packed.</summary>
    Report = 3,

    /// <summary>A line of the log: JSON.</summary>
    Log = 4,

    /// <summary>Something was decided about the run: JSON.</summary>
    Change = 5,

    /// <summary>The result: JSON.</summary>
    Verdict = 6,

    /// <summary>Measurements of the target itself: JSON.</summary>
    TargetMetrics = 7,

    /// <summary>At this time a picture of everything before it was shown: JSON with the rules of the run, or nothing when they stand as before.</summary>
    Shown = 8,

    /// <summary>At this time the totals were begun anew. No contents.</summary>
    Reset = 9,

    /// <summary>What a coordinator decided, for the one that carries on after it: packed by the coordinator.</summary>
    Decision = 10,

    /// <summary>How workers stood: packed.</summary>
    Workers = 11,
}
