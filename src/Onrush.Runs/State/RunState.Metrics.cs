using Onrush.Measurement;

namespace Onrush.Runs;

// What metrics are derived from. Only what was folded counts, not the clock of whoever asks: a replay of the same reports gives the same figures.
internal sealed partial class RunState
{
    private ReportedMetrics _reported;
    private long? _stoppingUnixMs;
    private int _mostTargetUsers;

    /// <summary>What the load test itself reports: its metrics, checks and groups.</summary>
    internal ReportedMetrics Reported => _reported;

    /// <summary>The requests.</summary>
    internal SeriesTable Requests => _series;

    /// <summary>The iterations, by scenario.</summary>
    internal IReadOnlyCollection<IterationTotals> IterationTotals => _iterations.Values;

    /// <summary>Length in seconds of the part of the run that was folded; from where the totals began anew, if they did.</summary>
    internal double FoldedSeconds
    {
        get
        {
            if (_startUnixMs is not { } start)
                return 0;
            var endUnixMs = _change is { Phase: RunPhase.Stopped } stopped
                ? stopped.UnixMs
                : _lives.Values.Select(l => l.LastUnixMs).DefaultIfEmpty(start).Max();
            return Math.Max(endUnixMs - (_resetUnixMs ?? start), 0) / 1000.0;
        }
    }

    /// <summary>Users alive, once a second as in k6: a run of less than a second has none, and their leaving at the end is not among them.</summary>
    internal MetricSink Users()
    {
        var seconds = _stoppingUnixMs is { } stopping && _startUnixMs is { } start ? (stopping - start) / 1000 : long.MaxValue;
        var points = _timeline.Points.Where(p => p.HasReports && p.Start < seconds).ToList();
        if (points.Count == 0)
            return new MetricSink(MetricKind.Gauge);
        return new MetricSink(MetricKind.Gauge)
        {
            Count = points.Count,
            Last = points[^1].LastUsers,
            Min = points.Min(p => p.FewestUsers),
            Max = points.Max(p => p.MostUsers),
        };
    }

    /// <summary>The most users that the run was to have or had.</summary>
    internal MetricSink MostUsers()
    {
        var users = Users();
        var most = Math.Max(users.Max, _mostTargetUsers);
        return new MetricSink(MetricKind.Gauge) { Count = users.Count, Last = most, Min = most, Max = most };
    }

    /// <summary>Adds measurements of the target. What was read long before the start is passed over.</summary>
    public void Apply(Journal.TargetMetrics metrics)
    {
        if (_startUnixMs is { } start)
            _targets.Add(metrics, start, _timeline.Newest);
    }

    /// <summary>The numbers of the reports that were applied, by worker and incarnation.</summary>
    public IEnumerable<(string Worker, int Incarnation, long First, long Last)> Applied =>
        _lives.Values.SelectMany(life => life.Applied.Ranges.Select(range => (life.Worker, life.Incarnation, range.First, range.Last)));

    /// <summary>How each worker has kept up of late, in its last life.</summary>
    public IReadOnlyDictionary<string, WorkerPace> Paces
    {
        get
        {
            var paces = new Dictionary<string, WorkerPace>();
            foreach (var life in _lives.Values)
                paces[life.Worker] = life.Pace;
            return paces;
        }
    }

    /// <summary>A worker came or went, or has a smaller share.</summary>
    public void Apply(Journal.RosterChange change)
    {
        _workers.Apply(change);
        if (change.SharePercent is { } share && _startUnixMs is not null)
            Course.Mark(new RunMark(_timeline.Newest + 1, RunMarkKind.Users, $"worker {change.Worker} was overloaded: it has {share} % of an equal share"));
    }

    /// <summary>How workers stand from here on. Gives those of whom there is something new.</summary>
    public IReadOnlyList<WorkerStanding> Apply(IReadOnlyList<WorkerStanding> standings) => _workers.Apply(standings);

    private long LostInFlight => _lives.Values.Where(life => _workers.IsLost(life.Worker)).Sum(life => life.Open);

    private void Note(RunChange change)
    {
        _mostTargetUsers = Math.Max(_mostTargetUsers, change.TargetUsers);
        if (change.Phase is RunPhase.Stopping or RunPhase.Stopped)
            _stoppingUnixMs = Math.Min(_stoppingUnixMs ?? long.MaxValue, change.UnixMs);
    }
}
