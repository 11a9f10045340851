using Onrush.Runs;
using Onrush.Runs.Journal;

namespace Onrush.Cluster;

/// <summary>What is known of a run by whoever carries it on after its coordinator: all that was kept of it, entry by entry. Owned by one thread.</summary>
internal sealed class ResumedRun
{
    private readonly JournalFold _fold = new();
    private readonly Dictionary<string, WorkerTally> _tallies = [];
    private readonly Dictionary<string, RosterChange> _roster = [];

    /// <summary>The last decision; null when there was none.</summary>
    public Directive? Directive { get; private set; }

    /// <summary>The last change that was told; null when the run had not begun.</summary>
    public RunChange? Change { get; private set; }

    /// <summary>Reports that came before the start was told, and are to be taken up when it is.</summary>
    public List<ReportEntry> Early { get; } = [];

    /// <summary>The last change of each worker.</summary>
    public IReadOnlyDictionary<string, RosterChange> Roster => _roster;

    /// <summary>From when on it is known, where the log had lost its beginning; null when all of it is.</summary>
    public DateTimeOffset? KnownSince { get; set; }

    /// <summary>How the scenarios stood when they were told last.</summary>
    public IReadOnlyList<ScenarioFacts> Scenarios { get; private set; } = [];

    /// <summary>What it was started with; null when that was not kept.</summary>
    public RunPlan? Plan => _fold.Plan;

    /// <summary>Totals and course.</summary>
    public RunState State => _fold.State;

    /// <summary>Whether nothing is left to carry on: it was judged, or closed before it came to its end.</summary>
    public bool IsOver => _fold.Verdict is not null || (Directive is { Stage: RunStage.Closed } && !IsToBeClosed);

    /// <summary>Whether all was measured, and what is missing is the verdict and what follows from it.</summary>
    public bool IsToBeClosed => _fold is { IsOver: true, Verdict: null };

    /// <summary>Reads a journal.</summary>
    /// <exception cref="JournalException">It is none, or a newer one.</exception>
    /// <exception cref="DamagedDataException">A decision in it makes no sense.</exception>
    public static ResumedRun Read(Stream journal)
    {
        var (reader, run) = (new Runs.Journal.JournalReader(journal), new ResumedRun());
        while (reader.Next() is { } entry)
            run.Apply(entry);
        return run;
    }

    /// <summary>Takes an entry into account.</summary>
    /// <exception cref="DamagedDataException">It is a decision that makes no sense.</exception>
    public void Apply(JournalEntry entry)
    {
        _fold.Apply(entry);
        switch (entry)
        {
            case DecisionEntry { Decision: var decision }:
                Directive = RecordWire.Read(decision) is DecisionRecord { Directive: var directive } ? directive : throw new DamagedDataException("a decision is none");
                break;
            case ChangeEntry { Change: var change }:
                Change = change;
                Scenarios = change.Scenarios ?? Scenarios;
                break;
            case RosterEntry { Change: var change }:
                _roster[change.Worker] = change.Joined ? change : (_roster.GetValueOrDefault(change.Worker) ?? change) with { Joined = false };
                break;
            case ReportEntry { Report: var report }:
                if (!_tallies.TryGetValue(report.Worker, out var tally))
                    _tallies.Add(report.Worker, tally = new WorkerTally());
                tally.Take(report);
                break;
        }
    }

    /// <summary>The workers that ever had a share, as they stood.</summary>
    public IEnumerable<CrewMember> Members() => (Directive?.Roster.Workers ?? []).Select((name, ordinal) =>
    {
        var known = _roster.GetValueOrDefault(name);
        return new CrewMember(name, new WorkerInfo(known?.Version ?? "", known?.Machine ?? "?", known?.Loops ?? 0, 0), _tallies.GetValueOrDefault(name))
        {
            Ordinal = ordinal,
            IsOut = known is not { Joined: true },
        };
    });

    /// <summary>The log as far as it is known by this.</summary>
    /// <param name="leastEpoch">Epochs up to this one are not claimed again, whatever is known of them.</param>
    public LogFold ToLog(long leastEpoch)
    {
        var log = new LogFold();
        log.Resume(Math.Max(leastEpoch, Directive?.Epoch ?? 0), Directive);
        foreach (var (worker, incarnation, first, last) in State.Applied)
            log.Known(Directive?.Run ?? "", worker, incarnation, first, last);
        return log;
    }
}
