using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>
/// Writes what a leader notes about its run into the log as well, where a master that stands by reads it. Reports and decisions are there already. Used by the
/// thread of the run.
/// </summary>
/// <param name="inner">Takes everything, too; null when the run is not kept.</param>
/// <param name="head">The log.</param>
/// <param name="run">Name of the run in the log.</param>
internal sealed class SharedBook(IRunRecorder? inner, ClusterHead head, string run) : IRunRecorder
{
    private readonly JournalEncoder _encoder = new();
    private IReadOnlyList<RuleRow> _rules = [];

    /// <inheritdoc/>
    public void Changed(RunChange change)
    {
        inner?.Changed(change);
        Tell(new ChangeEntry(change.UnixMs, change));
    }

    /// <inheritdoc/>
    public void Reported(IntervalReport report, PackedReport? packed = null) => inner?.Reported(report, packed);

    /// <inheritdoc/>
    public void Shown(RunSnapshot picture)
    {
        inner?.Shown(picture);
        var isNew = !picture.Rules.SequenceEqual(_rules);
        _rules = picture.Rules;
        Tell(new ShownEntry(picture.TakenAt.ToUnixTimeMilliseconds(), isNew ? picture.Rules : null));
    }

    /// <inheritdoc/>
    public void WasReset(StatisticsReset reset)
    {
        inner?.WasReset(reset);
        Tell(new ResetEntry(reset.UnixMs));
    }

    /// <inheritdoc/>
    public void Measured(TargetMetrics metrics)
    {
        inner?.Measured(metrics);
        Tell(new TargetMetricsEntry(metrics.UnixMs, metrics));
    }

    /// <inheritdoc/>
    public void RosterChanged(RosterChange change)
    {
        inner?.RosterChanged(change);
        Tell(new RosterEntry(Now, change));
    }

    /// <inheritdoc/>
    public void Stood(IReadOnlyList<WorkerStanding> standings)
    {
        inner?.Stood(standings);
        Tell(new WorkersEntry(Now, standings));
    }

    /// <inheritdoc/>
    public void Decided(byte[] decision) => inner?.Decided(decision);

    /// <inheritdoc/>
    public void WhenKept(Action then)
    {
        if (inner is null)
            then();
        else
            inner.WhenKept(then);
    }

    /// <summary>The run is judged and its files are written: nobody has to carry it on any more.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="patience">How long it may take until the log has it.</param>
    public void Judged(RunVerdict verdict, TimeSpan patience)
    {
        Tell(new VerdictEntry(Now, verdict));
        head.Settle(patience);
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private void Tell(JournalEntry entry)
    {
        var frame = new PackedWriter();
        _encoder.Append(entry, frame);
        head.Tell(run, frame.Bytes.ToArray());
    }
}
