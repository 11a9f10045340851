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
/// <param name="resumed">What is known of a run that is carried on; null for a new one.</param>
internal sealed class SharedBook(IRunRecorder? inner, ClusterHead head, string run, ResumedRun? resumed = null) : IRunRecorder
{
    // Once in five minutes: the log is forgotten from its beginning on when it is long, and who begins to stand by then has to learn how things are.
    private const int PicturesToRepeat = 300;

    private readonly JournalEncoder _encoder = new();
    private readonly Dictionary<string, RosterChange> _roster = new(resumed?.Roster ?? new Dictionary<string, RosterChange>());
    private RunChange? _change = resumed?.Change is { } last ? last with { Scenarios = resumed.Scenarios } : null;
    private int _pictures;
    private IReadOnlyList<RuleRow> _rules = [];

    /// <inheritdoc/>
    public void Changed(RunChange change)
    {
        inner?.Changed(change);
        _change = change with { Scenarios = change.Scenarios ?? _change?.Scenarios };
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
        if (++_pictures % PicturesToRepeat == 0)
            Repeat();
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
        _roster[change.Worker] = change;
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

    private void Repeat()
    {
        head.Repeat();
        foreach (var change in _roster.Values)
            Tell(new RosterEntry(Now, change), isRepeated: true);
        if (_change is not null)
            Tell(new ChangeEntry(Now, _change with { UnixMs = Now }), isRepeated: true);
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private void Tell(JournalEntry entry, bool isRepeated = false)
    {
        var frame = new PackedWriter();
        _encoder.Append(entry, frame);
        head.Tell(run, frame.Bytes.ToArray(), isRepeated);
    }
}
