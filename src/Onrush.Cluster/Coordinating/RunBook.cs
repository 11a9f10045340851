using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>
/// The state of a run and all who see it: what is folded is kept, in the same order, and a picture is shown each second. Owned by the thread of the run; the
/// picture may be read from any.
/// </summary>
/// <param name="time">The wall clock.</param>
/// <param name="recorder">Takes all that is folded; null when the run is not kept.</param>
internal sealed class RunBook(TimeProvider time, IRunRecorder? recorder)
{
    private RunSnapshot _snapshot = RunSnapshot.Empty;
    private IReadOnlyList<OutputRow> _outputs = [];

    /// <summary>Raised with each picture.</summary>
    public event Action<RunSnapshot>? Shown;

    /// <summary>Raised for each report before the picture that contains it.</summary>
    public event Action<IntervalReport>? Folded;

    /// <summary>The state.</summary>
    public RunState State { get; private set; } = new();

    /// <summary>The last picture.</summary>
    public RunSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>Milliseconds of Unix time.</summary>
    public long UnixMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Goes on with what a journal gave.</summary>
    public void Resume(RunState state) => State = state;

    /// <summary>Something was decided.</summary>
    public void Apply(RunChange change)
    {
        State.Apply(change);
        recorder?.Changed(change);
    }

    /// <summary>A report has come.</summary>
    /// <param name="report">The report.</param>
    /// <param name="packed">The same as it came; null within a process.</param>
    public void Apply(IntervalReport report, PackedReport? packed)
    {
        if (!State.Apply(report))
            return;
        recorder?.Reported(report, packed);
        try
        {
            Folded?.Invoke(report);
        }
        catch (Exception exception)
        {
            EngineLog.Warn($"Handing on a report failed: {exception.Message}");
        }
    }

    /// <summary>The totals begin anew.</summary>
    public void Reset()
    {
        var reset = new StatisticsReset(UnixMs);
        State.Apply(reset);
        recorder?.WasReset(reset);
    }

    /// <summary>Something was measured about the target.</summary>
    public void Apply(TargetMetrics metrics)
    {
        State.Apply(metrics);
        recorder?.Measured(metrics);
    }

    /// <summary>Outputs stand so. Any thread, as long as the run goes on.</summary>
    public void Sent(IReadOnlyList<OutputRow> outputs) => Volatile.Write(ref _outputs, outputs);

    /// <summary>Outputs stand so, after the last picture.</summary>
    public void SentSince(IReadOnlyList<OutputRow> outputs) => Volatile.Write(ref _snapshot, _snapshot with { Outputs = outputs });

    /// <summary>A worker came or went.</summary>
    public void Apply(RosterChange change)
    {
        State.Apply(change);
        recorder?.RosterChanged(change);
    }

    /// <summary>How workers stand. Only those of whom there is something new are told on.</summary>
    public void Apply(IReadOnlyList<WorkerStanding> standings)
    {
        var news = State.Apply(standings);
        if (news.Count > 0)
            recorder?.Stood(news);
    }

    /// <summary>Something was decided that a coordinator after this one has to know.</summary>
    public void Apply(Directive directive)
    {
        if (directive.Test is not null)
            recorder?.Decided(RecordWire.Write(new DecisionRecord("", directive)));
    }

    /// <summary>Calls back when everything up to here is safe from the end of this process.</summary>
    public void WhenKept(Action then)
    {
        if (recorder is null)
            then();
        else
            recorder.WhenKept(then);
    }

    /// <summary>Shows how things stand.</summary>
    /// <param name="rules">How the rules stand.</param>
    public void Show(IReadOnlyList<RuleRow> rules)
    {
        var snapshot = State.Snapshot(UnixMs) with { Rules = rules, Outputs = Volatile.Read(ref _outputs) };
        recorder?.Shown(snapshot);
        Volatile.Write(ref _snapshot, snapshot);
        try
        {
            Shown?.Invoke(snapshot);
        }
        catch (Exception exception)
        {
            EngineLog.Warn($"Showing the run failed: {exception.Message}");
        }
    }
}
