using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>
/// Takes what a run applies to its state, in the same order. Called by the thread of the run, so nothing here waits for a disk.
/// </summary>
internal interface IRunRecorder
{
    /// <summary>Something was decided.</summary>
    void Changed(RunChange change);

    /// <summary>A report was folded.</summary>
    /// <param name="report">The report.</param>
    /// <param name="packed">The same as it came; null when it was made here.</param>
    void Reported(IntervalReport report, PackedReport? packed = null);

    /// <summary>A picture of everything before was made.</summary>
    void Shown(RunSnapshot picture);

    /// <summary>The totals were begun anew.</summary>
    void WasReset(StatisticsReset reset);

    /// <summary>Measurements of the target were folded.</summary>
    void Measured(TargetMetrics metrics);

    /// <summary>A worker came or went.</summary>
    void RosterChanged(RosterChange change);

    /// <summary>Workers stand otherwise than before.</summary>
    void Stood(IReadOnlyList<WorkerStanding> standings);

    /// <summary>A coordinator decided something that one after it has to know to carry on.</summary>
    /// <param name="decision">The decision, in the coordinator's own form.</param>
    void Decided(byte[] decision);

    /// <summary>Calls back, on any thread, when everything up to here survives the end of this process, or was given up.</summary>
    void WhenKept(Action then);
}
