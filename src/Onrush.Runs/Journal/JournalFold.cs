using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>
/// What a journal gives, entry by entry: the one way from a journal to everything that shows a run later. Memory is bounded: past a limit, lines
/// are only counted. Owned by one thread.
/// </summary>
internal sealed class JournalFold(RunStateLimits? limits = null)
{
    private const int MostLines = 10_000;
    private const int MostLineCharacters = 4 << 20;
    private const int MostRosterChanges = 10_000;

    private readonly List<LogLine> _lines = [];
    private readonly List<RosterChange> _roster = [];
    private readonly Dictionary<(string, int), int> _mostUsers = [];
    private long _users;
    private long _lineCharacters;
    private int _refused;

    /// <summary>Totals and course of the run.</summary>
    public RunState State { get; } = new(limits);

    /// <summary>What the run was started with; null when the journal does not say.</summary>
    public RunPlan? Plan { get; private set; }

    /// <summary>The result; null when the run goes on or was killed.</summary>
    public RunVerdict? Verdict { get; private set; }

    /// <summary>Lines of the log, oldest first.</summary>
    public IReadOnlyList<LogLine> Lines => _lines;

    /// <summary>Lines past the limit.</summary>
    public long LinesLeftOut { get; private set; }

    /// <summary>The last decision of a coordinator; null when the journal has none.</summary>
    public byte[]? Decision { get; private set; }

    /// <summary>Workers that came and went.</summary>
    public IReadOnlyList<RosterChange> Roster => _roster;

    /// <summary>How the rules of the run stood in the last picture.</summary>
    public IReadOnlyList<RuleRow> Rules { get; private set; } = [];

    /// <summary>The accounts of the outputs at the end; empty before.</summary>
    public IReadOnlyList<OutputRow> Outputs { get; private set; } = [];

    /// <summary>Whether the run was brought to its end, rather than killed.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The instant of the last picture, in milliseconds of Unix time.</summary>
    public long PictureUnixMs { get; private set; }

    /// <summary>What did not fit to the rest, one sentence each.</summary>
    public IReadOnlyList<string> Problems => _refused == 0 ? [] : [$"{_refused} entries contradict the others and were not counted."];

    /// <summary>The run as it stood at the last picture: the same one that was shown then.</summary>
    /// <exception cref="JournalException">There is none to be had.</exception>
    public RunSnapshot Snapshot()
    {
        try
        {
            return State.Snapshot(PictureUnixMs) with { Rules = Rules, Outputs = Outputs };
        }
        catch (Exception exception) when (exception is ArithmeticException or ArgumentException)
        {
            throw new JournalException("the figures in the journal are beyond what can be counted");
        }
    }

    /// <summary>Reads a whole journal.</summary>
    /// <exception cref="JournalException">It is none, or a newer one.</exception>
    public static FoldedRun Read(Stream stream, RunStateLimits? limits = null)
    {
        var (reader, fold) = (new JournalReader(stream), new JournalFold(limits));
        while (reader.Next() is { } entry)
            fold.Apply(entry);
        return new FoldedRun(fold, reader.Torn, [.. reader.Problems, .. fold.Problems]);
    }

    /// <summary>Takes an entry into account.</summary>
    public void Apply(JournalEntry entry)
    {
        switch (entry)
        {
            case PlanEntry { Plan: var plan }:
                Plan = plan;
                break;
            case ChangeEntry { Change: var change }:
                State.Apply(change);
                IsOver |= change.Phase == RunPhase.Stopped;
                PictureUnixMs = entry.UnixMs;
                break;
            case ReportEntry { Report: var report }:
                Apply(report);
                PictureUnixMs = entry.UnixMs;
                break;
            case DecisionEntry { Decision: var decision }:
                Decision = decision;
                break;
            case ResetEntry:
                State.Apply(new StatisticsReset(entry.UnixMs));
                PictureUnixMs = entry.UnixMs;
                break;
            case ShownEntry { Rules: var rules }:
                PictureUnixMs = entry.UnixMs;
                Rules = rules ?? Rules;
                break;
            case VerdictEntry { Verdict: var verdict }:
                Verdict = verdict;
                Outputs = OutputJson.Read(verdict.Details);
                break;
            case LogEntry { Line: var line }:
                Apply(line);
                break;
            case RosterEntry { Change: var change } when _roster.Count < MostRosterChanges:
                _roster.Add(change);
                State.Apply(change);
                break;
            case WorkersEntry { Standings: var standings }:
                State.Apply(standings);
                break;
            case TargetMetricsEntry { Metrics: var metrics }:
                State.Apply(metrics);
                break;
        }
    }

    private void Apply(IntervalReport report)
    {
        try
        {
            // Users of all workers are added up in pictures; a report that is made to break that is not believed.
            var life = (report.Worker, report.Incarnation);
            var before = _mostUsers.GetValueOrDefault(life);
            var users = Math.Max(before, report.Gauges.Users);
            if (_users + users - before > int.MaxValue)
                throw new OverflowException();
            State.Apply(report);
            _mostUsers[life] = users;
            _users += users - before;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArithmeticException or ArgumentException)
        {
            _refused++;
        }
    }

    private void Apply(LogLine line)
    {
        _lineCharacters += line.Text.Length;
        if (_lines.Count < MostLines && _lineCharacters <= MostLineCharacters)
            _lines.Add(line);
        else
            LinesLeftOut++;
    }
}
