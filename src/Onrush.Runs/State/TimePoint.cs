using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>
/// Adds up what belongs to one point of the timeline. Users, requests in flight and the like are no sums: of each worker only the last
/// value of a second counts. While late reports are likely the point remembers who said what; then only the sums stay.
/// </summary>
internal sealed class TimePoint(int start)
{
    private Dictionary<WorkerLife, (long Sequence, IntervalGauges Gauges)>? _gauges = [];
    private readonly OpenTimes _times = new();
    private IReadOnlyList<SlowTrace> _traces = [];
    private StageCounts _stages = StageCounts.None;
    private long _users;
    private int _seconds;
    private long _inFlight;
    private long _oldestNs;
    private long _requests;
    private long _failures;
    private long _cancelled;
    private long _iterations;
    private long _arrivalsStarted;
    private long _arrivalsDropped;
    private long _bytesSent;
    private long _bytesReceived;
    private double _busy;
    private int _length = 1;
    private RunSecond? _shown;
    private long? _mostUsers;
    private long _fewestUsers;
    private long _lastUsers;
    private int _lastStart = -1;

    /// <summary>Beginning in seconds from the start of the run.</summary>
    public int Start { get; } = start;

    /// <summary>True once reports came in for it.</summary>
    public bool HasReports => _seconds > 0;

    /// <summary>Most users alive at the end of one of its seconds.</summary>
    public long MostUsers => _mostUsers ?? UsersNow;

    /// <summary>Fewest users alive at the end of one of its seconds.</summary>
    public long FewestUsers => _mostUsers is null ? UsersNow : _fewestUsers;

    /// <summary>Users alive at the end of its last second.</summary>
    public long LastUsers => _mostUsers is null ? UsersNow : _lastUsers;

    /// <summary>Number of its seconds in which the generator was the limit.</summary>
    public int BoundSeconds { get; private set; }

    /// <summary>Share of the second in which the busiest loop worked, 0 to 1.</summary>
    public double Busy => _busy;

    /// <summary>Lag of the worst loop, 99th percentile in nanoseconds.</summary>
    public long LagP99Ns { get; private set; }

    /// <summary>Adds one second's part of a report.</summary>
    /// <param name="life">Where the report is from.</param>
    /// <param name="report">The report.</param>
    /// <param name="span">The seconds it covers.</param>
    /// <param name="index">Which of them this point is.</param>
    /// <param name="sums">Its counts, added up over the series.</param>
    public void Add(WorkerLife life, IntervalReport report, ReportSpan span, int index, ReportSums sums)
    {
        _shown = null;
        _seconds = Math.Max(_seconds, 1);
        _requests += span.Share(sums.Requests, index);
        _failures += span.Share(sums.Failures, index);
        _cancelled += span.Share(sums.Cancelled, index);
        _iterations += span.Share(sums.Iterations, index);
        _arrivalsStarted += span.Share(sums.ArrivalsStarted, index);
        _arrivalsDropped += span.Share(sums.ArrivalsDropped, index);
        _bytesSent += span.Share(sums.BytesSent, index);
        _bytesReceived += span.Share(sums.BytesReceived, index);
        _stages += sums.Stages.Share(span, index);
        if (index == span.Count - 1)
        {
            _times.Add(sums.Times);
            Trace(SlowTrace.Of(report.Totals.Metrics));
        }

        foreach (var loop in report.Totals.Loops.Values)
        {
            _busy = Math.Max(_busy, loop.Busy);
            LagP99Ns = Math.Max(LagP99Ns, loop.LagP99Ns);
        }
        if (_gauges is null)
            AddFrozen(report.Gauges);
        else if (!_gauges.TryGetValue(life, out var present) || present.Sequence < report.LastSequence)
            _gauges[life] = (report.LastSequence, report.Gauges);
    }

    /// <summary>Notes that the generator was the limit in this second.</summary>
    public void MarkBound()
    {
        _shown = null;
        BoundSeconds = Math.Max(BoundSeconds, 1);
    }

    /// <summary>Forgets who said what; done when reports for this second are no longer expected.</summary>
    public void Freeze()
    {
        if (_gauges is null)
            return;
        var last = _gauges.Values;
        _gauges = null;
        foreach (var (_, gauges) in last)
            AddFrozen(gauges);
    }

    /// <summary>Adds another point, which lies in the time of this one.</summary>
    public void Merge(TimePoint other)
    {
        Freeze();
        other.Freeze();
        _shown = null;
        MergeUsers(other);
        _users += other._users;
        _seconds += other._seconds;
        _inFlight = Math.Max(_inFlight, other._inFlight);
        _oldestNs = Math.Max(_oldestNs, other._oldestNs);
        _requests += other._requests;
        _failures += other._failures;
        _cancelled += other._cancelled;
        _iterations += other._iterations;
        _arrivalsStarted += other._arrivalsStarted;
        _arrivalsDropped += other._arrivalsDropped;
        _bytesSent += other._bytesSent;
        _bytesReceived += other._bytesReceived;
        _stages += other._stages;
        _times.Add(other._times);
        Trace(other._traces);
        _busy = Math.Max(_busy, other._busy);
        LagP99Ns = Math.Max(LagP99Ns, other.LagP99Ns);
        BoundSeconds += other.BoundSeconds;
    }

    /// <summary>The point as it is shown.</summary>
    /// <param name="length">Its length in seconds.</param>
    public RunSecond ToSecond(int length)
    {
        if (_shown is not null && _length == length)
            return _shown;
        _length = length;
        long users = _users, inFlight = _inFlight, oldestNs = _oldestNs;
        foreach (var (_, gauges) in _gauges?.Values ?? Enumerable.Empty<(long, IntervalGauges)>())
        {
            users += gauges.Users;
            inFlight += gauges.InFlight;
            oldestNs = Math.Max(oldestNs, gauges.OldestRequestNs);
        }
        var times = _times.ToData();
        return _shown = new RunSecond
        {
            StartSecond = Start,
            LengthSeconds = length,
            Users = (int)Math.Round((double)users / Math.Max(_seconds, 1)),
            Requests = _requests,
            Failures = _failures,
            Cancelled = _cancelled,
            Iterations = _iterations,
            InFlight = inFlight,
            OldestRequestMs = oldestNs / 1e6,
            Times = TimesOf.Data(times),
            BytesSent = _bytesSent,
            BytesReceived = _bytesReceived,
            BusyPercent = _busy * 100,
            LagP99Ms = LagP99Ns / 1e6,
            ArrivalsStarted = _arrivalsStarted,
            ArrivalsDropped = _arrivalsDropped,
            Distribution = times,
            SlowTraces = _traces,
            Stages = _stages,
            GeneratorBound = BoundSeconds > 0,
        };
    }

    private void Trace(IReadOnlyList<SlowTrace> traces)
    {
        if (traces.Count > 0)
            _traces = SlowTrace.Slowest(_traces.Concat(traces));
    }

    // Of a single second: the last value of each worker.
    private long UsersNow => _users + (_gauges?.Values.Sum(g => (long)g.Gauges.Users) ?? 0);

    private void MergeUsers(TimePoint other)
    {
        // A point that was just made for the merge has no users of its own yet.
        var isFirst = !HasReports;
        var (most, fewest) = (MostUsers, FewestUsers);
        _lastUsers = isFirst || other.Start >= _lastStart ? other.LastUsers : LastUsers;
        _lastStart = Math.Max(_lastStart, other.Start);
        _mostUsers = isFirst ? other.MostUsers : Math.Max(most, other.MostUsers);
        _fewestUsers = isFirst ? other.FewestUsers : Math.Min(fewest, other.FewestUsers);
    }

    private void AddFrozen(IntervalGauges gauges)
    {
        _users += gauges.Users;
        _inFlight += gauges.InFlight;
        _oldestNs = Math.Max(_oldestNs, gauges.OldestRequestNs);
    }
}
