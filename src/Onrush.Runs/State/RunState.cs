using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>
/// What folding a run's changes and interval reports gives: totals, the course over time, verdicts. A pure fold: the same inputs give
/// the same state whatever the order of the reports, and a report that comes twice counts once. Owned by one thread; the snapshots it
/// makes may go anywhere.
/// </summary>
internal sealed partial class RunState
{
    /// <summary>Time without a report after which a worker's users count as gone.</summary>
    private const long SilentAfterMs = 5000;

    private const int MostShapes = 20;

    private readonly RunStateLimits _limits;
    private readonly SeriesTable _series;
    private readonly StopTotals _stops;
    private readonly SortedDictionary<string, IterationTotals> _iterations = new(StringComparer.Ordinal);
    private FailureTotals _failures;
    private ExceptionTotals _exceptions;
    private readonly GeneratorTotals _generator = new();
    private readonly TargetTotals _targets;
    private readonly Timeline _timeline = new();
    private readonly SortedDictionary<(string Worker, int Incarnation), WorkerLife> _lives = [];
    private readonly ScenarioBoard _scenarios = new();
    private readonly WorkerBoard _workers = new();
    private RunChange? _change;
    private long? _startUnixMs;
    private long? _resetUnixMs;
    private long _usersStarted;
    private long _usersFailedOnStart;
    private long _refusedReports;

    /// <param name="limits">How much is told apart.</param>
    public RunState(RunStateLimits? limits = null)
    {
        _limits = limits ?? new RunStateLimits();
        _series = new SeriesTable(_limits);
        _reported = new ReportedMetrics(_limits.MetricSeries);
        _failures = new FailureTotals(_limits.Failures);
        _exceptions = new ExceptionTotals(_limits.Exceptions);
        _stops = new StopTotals(_limits.StopReasons);
        _targets = new TargetTotals(_limits.TargetSeries);
    }

    /// <summary>The course of each endpoint and the marks; may be read from any thread while the state is folded.</summary>
    public RunCourse Course { get; } = new();

    /// <summary>Takes a decision about the run into account. Of two, the one with the later time holds.</summary>
    public void Apply(RunChange change)
    {
        Note(change);
        if (_change is not null && change.UnixMs < _change.UnixMs)
            return;
        bool isNews = _change is null || change.Phase > RunPhase.Running || change.TargetUsers != _change.TargetUsers || change.SpawnRate != _change.SpawnRate;
        if (isNews && _startUnixMs is { } start)
            Course.Mark(change, (change.UnixMs - start) / 1000.0);
        _change = change;
        _scenarios.Apply(change);
        if (change.Phase != RunPhase.Ready)
            _startUnixMs ??= change.UnixMs;
    }

    /// <summary>
    /// Begins the totals anew: from here on statistics, failures, exceptions and iterations count what comes after. Requests in flight are carried over as begun, so that the
    /// counts still agree. The course of the run, its users and the health of the generator go on.
    /// </summary>
    public void Apply(StatisticsReset reset)
    {
        if (_startUnixMs is not { } start)
            return;
        _resetUnixMs = reset.UnixMs;
        _series.Restart();
        _failures = new FailureTotals(_limits.Failures);
        _exceptions = new ExceptionTotals(_limits.Exceptions);
        _iterations.Clear();
        _reported = new ReportedMetrics(_limits.MetricSeries);
        Course.Mark(new RunMark((reset.UnixMs - start) / 1000.0, RunMarkKind.Reset, "statistics begin anew"));
    }

    /// <summary>Adds an interval report. False when it had been added before.</summary>
    /// <exception cref="InvalidOperationException">The run has not been started: no change said so.</exception>
    public bool Apply(IntervalReport report)
    {
        if (_startUnixMs is not { } start)
            throw new InvalidOperationException("A run is started before its first report.");
        var life = LifeOf(report);
        if (!life.TryApply(report))
        {
            if (!life.Applied.Contains(report.FirstSequence, report.LastSequence))
                _refusedReports++;
            return false;
        }
        var span = ReportSpan.Of(report, start);
        report = _scenarios.Apply(report, span);
        var sums = ReportSums.Of(report);
        life.Count(sums);
        for (int i = 0; i < span.Count; i++)
            _timeline.At(span.First + i).Add(life, report, span, i, sums);
        foreach (var series in report.Totals.Series.Values)
        {
            _series.Add(series, span);
            Course.Add(_series.RowKey(series.Key), series, span);
        }
        foreach (var (key, tally) in report.Totals.Errors)
            _failures.Add(key with { Series = _series.RowKey(key.Series) }, tally);
        foreach (var (key, tally) in report.Totals.Exceptions)
            _exceptions.Add(key, tally, report.Worker);
        _stops.Add(report.Totals.Metrics);
        foreach (var iterations in report.Totals.Iterations.Values)
        {
            if (!_iterations.TryGetValue(iterations.Scenario, out var ofScenario))
                _iterations.Add(iterations.Scenario, ofScenario = new IterationTotals(iterations.Scenario));
            ofScenario.Add(iterations);
        }
        foreach (var (key, metric) in report.Totals.Metrics.Where(m => !ReservedMetrics.IsShownElsewhere(m.Key.Name)))
            _reported.Add(key, metric);
        var median = sums.Times.Percentile(0.5);
        life.Keep(report, median);
        foreach (var loop in report.Totals.Loops.Values)
            ApplyHealth(report.Worker, loop, span, median);
        _usersStarted += report.Totals.UsersStarted;
        _usersFailedOnStart += report.Totals.UsersFailedOnStart;
        return true;
    }

    /// <summary>The run as it stands at an instant, in milliseconds of Unix time. Rates are those of that instant.</summary>
    public RunSnapshot Snapshot(long nowUnixMs)
    {
        if (_change is null)
            return RunSnapshot.Empty with { TakenAt = DateTimeOffset.FromUnixTimeMilliseconds(nowUnixMs) };
        bool over = _change.Phase == RunPhase.Stopped;
        long endUnixMs = over ? _change.UnixMs : nowUnixMs;
        double elapsed = _startUnixMs is { } start ? Math.Max(endUnixMs - start, 0) / 1000.0 : 0;
        int second = CurrentSecond(elapsed);
        var live = LiveWorkers(nowUnixMs, over);
        double counted = _resetUnixMs is { } reset ? Math.Max(endUnixMs - reset, 0) / 1000.0 : elapsed;
        var all = SeriesTotals.Sum(new SeriesKey("", "", RunSnapshot.AggregatedName), _series.Rows);
        var aggregated = all.ToRow(second, counted);
        return new RunSnapshot
        {
            Phase = PhaseOf(live),
            StopReason = _change.Reason,
            TakenAt = DateTimeOffset.FromUnixTimeMilliseconds(nowUnixMs),
            StartTime = _startUnixMs is { } begin ? DateTimeOffset.FromUnixTimeMilliseconds(begin) : null,
            RunTime = TimeSpan.FromSeconds(elapsed),
            TargetUsers = _change.TargetUsers,
            SpawnRate = _change.SpawnRate,
            Users = live.Sum(l => l.Gauges.Users),
            UsersByClass = UsersByClass(live),
            UsersStarted = _usersStarted,
            UsersFailedOnStart = _usersFailedOnStart,
            Series = Rows(second, counted),
            Aggregated = aggregated,
            Failures = _failures.ToRows(),
            Exceptions = _exceptions.ToRows(),
            UserStops = _stops.ToRows(),
            Iterations = [.. _iterations.Values.Select(i => i.ToRow())],
            AllIterations = Onrush.Runs.IterationTotals.Sum(_iterations.Values).ToRow(),
            Scenarios = _scenarios.ToRows(live, second, nowUnixMs, _change.Phase),
            WarmUpNote = _scenarios.WarmUpNote,
            Checks = ReportedRows.Checks(_reported),
            Groups = ReportedRows.Groups(_reported),
            Metrics = ReportedRows.Metrics(_reported, FoldedSeconds),
            InFlight = live.Sum(l => l.Gauges.InFlight),
            OldestRequest = TimeSpan.FromMilliseconds(live.Select(l => l.Gauges.OldestRequestNs).DefaultIfEmpty(0).Max() / 1e6),
            Generator = _generator.ToHealth(_timeline, second, elapsed, aggregated.All),
            Conservation = ConservationCheck.Of(_series.Rows, _lives.Values, over, LostInFlight),
            Seconds = [.. _timeline.Points.Where(p => p.HasReports).Select(p => p.ToSecond(_timeline.LengthOf(p.Start)))],
            Targets = _targets.ToRows(),
            Warnings = Warnings(nowUnixMs, over),
            Course = Course,
            Workers = _workers.ToFigures(_lives.Values),
            ConnectTimes = all.ConnectTimes,
            MostTargetUsers = _mostTargetUsers,
            IsRamped = _change.SpawnRate > 0,
            StoppingSecond = _stoppingUnixMs is { } stopping && _startUnixMs is { } began ? (stopping - began) / 1000.0 : null,
        };
    }

    // The shape of a distribution is looked at where there is enough of it, and costs too much to take everywhere.
    private List<SeriesRow> Rows(int second, double counted)
    {
        var busiest = _series.Sorted.OrderByDescending(s => s.Ended).Take(MostShapes).ToHashSet();
        return [.. _series.Sorted.Select(s => busiest.Contains(s) ? s.ToRow(second, counted) with { SuccessTimes = s.SuccessTimes } : s.ToRow(second, counted))];
    }

    private WorkerLife LifeOf(IntervalReport report)
    {
        var id = (report.Worker, report.Incarnation);
        if (!_lives.TryGetValue(id, out var life))
            _lives.Add(id, life = new WorkerLife(report.Worker, report.Incarnation));
        return life;
    }

    private void ApplyHealth(string worker, LoopHealth loop, ReportSpan span, long medianResponseNs)
    {
        bool bound = GeneratorRule.IsBound(loop, medianResponseNs);
        _generator.Add(worker, loop, bound);
        if (!bound)
            return;
        // A loop that was held up hands in late what it measured over several seconds: all of them were bound.
        double length = Math.Clamp(Math.Round(loop.DurationNs / 1e9), span.Count, ReportSpan.Longest);
        int seconds = (int)Math.Min(length, span.Last + 1);
        for (int i = 0; i < seconds; i++)
            _timeline.At(span.Last - i).MarkBound();
    }

    // Reports of the second that has just ended may be on their way; then the one before is shown. Older than that is not current.
    private int CurrentSecond(double elapsed)
    {
        int last = (int)Math.Min(elapsed, int.MaxValue - 1) - 1;
        return _timeline.Find(last) is null && _timeline.Find(last - 1) is not null ? last - 1 : last;
    }

    private List<WorkerLife> LiveWorkers(long nowUnixMs, bool over) =>
        [.. _lives.Values
            .GroupBy(l => l.Worker)
            .Select(g => g.MaxBy(l => l.Incarnation)!)
            .Where(l => over || nowUnixMs - l.LastUnixMs <= SilentAfterMs)];

    private RunPhase PhaseOf(List<WorkerLife> live) => _change!.Phase switch
    {
        RunPhase.Spawning or RunPhase.Running =>
            _lives.Count == 0 || live.Exists(l => l.Gauges.Spawning) ? RunPhase.Spawning : RunPhase.Running,
        var phase => phase,
    };

    private static SortedDictionary<string, int> UsersByClass(List<WorkerLife> live)
    {
        var users = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, count) in live.SelectMany(l => l.Gauges.UsersByClass))
            users[name] = users.GetValueOrDefault(name) + count;
        return users;
    }

    private List<string> Warnings(long nowUnixMs, bool over)
    {
        var warnings = new List<string>();
        if (_usersStarted == 0 && _usersFailedOnStart > 0)
            warnings.Add($"No user got past OnStartAsync: {_usersFailedOnStart} failed there.");
        if (_series.HasOtherNames)
        {
            warnings.Add(
                $"There are more than {_limits.Series} different request names; the rest is counted as {SeriesKey.OtherName}. "
                + "Give requests that differ only by an id a common name.");
        }
        warnings.AddRange(ReportedRows.Warnings(_reported, _series, _limits));
        warnings.AddRange(_targets.Warnings);
        if (over && LostInFlight is > 0 and var lost)
            warnings.Add($"{lost} {(lost == 1 ? "request was" : "requests were")} under way on workers that were lost: how they ended is not known.");
        if (_refusedReports > 0)
            warnings.Add($"{_refusedReports} reports overlapped with others and were not counted.");
        if (!over)
        {
            foreach (var life in _lives.Values.GroupBy(l => l.Worker).Select(g => g.MaxBy(l => l.Incarnation)!))
            {
                long silentMs = nowUnixMs - life.LastUnixMs;
                if (silentMs > SilentAfterMs)
                    warnings.Add($"Worker {life.Worker} has not reported for {silentMs / 1000} s.");
            }
        }
        return warnings;
    }
}
