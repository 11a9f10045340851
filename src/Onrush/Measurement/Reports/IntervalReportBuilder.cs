namespace Onrush.Measurement;

/// <summary>
/// Makes the interval reports of one worker out of what its loops hand over, and numbers them. Cold side; used by one thread.
/// </summary>
/// <param name="worker">Name of the worker.</param>
/// <param name="incarnation">Which life of the worker.</param>
internal sealed class IntervalReportBuilder(string worker, int incarnation)
{
    private readonly SortedDictionary<int, (int InFlight, long OldestRequestNs)> _lastOfLoop = [];
    private long _sequence;
    private long _anchorNs;
    private long _anchorUnixMs;
    private long _endNs;

    /// <summary>
    /// The report of what the loops measured since the last one. The halves may be returned to their recorders afterwards. A loop that
    /// could not swap in time, because user code blocks it, is left out; its figures come with its next swap, and until then it counts
    /// with the requests in flight that it had at its last one.
    /// </summary>
    /// <param name="intervals">One half per loop that swapped.</param>
    /// <param name="usersByClass">Users alive by user class.</param>
    /// <param name="spawning">Whether users are still being started or stopped on the way to the target.</param>
    /// <param name="scenarios">How each scenario stands.</param>
    /// <exception cref="ArgumentException">There is no interval at all.</exception>
    public IntervalReport Build(
        IReadOnlyCollection<LoopInterval> intervals, IReadOnlyDictionary<string, int> usersByClass, bool spawning,
        IReadOnlyDictionary<string, ScenarioGauge>? scenarios = null)
    {
        if (intervals.Count == 0)
            throw new ArgumentException("A report needs the interval of one loop at least.", nameof(intervals));
        var totals = IntervalTotals.Empty;
        foreach (var interval in intervals)
        {
            totals = IntervalTotals.Merge(totals, IntervalTotals.From(interval));
            _lastOfLoop[interval.Loop] = (interval.InFlight, interval.OldestRequestNs);
        }
        // One report follows the other without a gap. The wall clock is read once, so that its corrections do not bend the seconds.
        if (_sequence == 0)
        {
            var first = intervals.MinBy(i => i.StartNs)!;
            (_anchorNs, _anchorUnixMs, _endNs) = (first.StartNs, first.StartUnixMs, first.StartNs);
        }
        long startNs = _endNs;
        _endNs = Math.Max(startNs, intervals.Max(i => i.EndNs));
        _sequence++;
        return new IntervalReport
        {
            Worker = worker,
            Incarnation = incarnation,
            FirstSequence = _sequence,
            LastSequence = _sequence,
            StartUnixMs = _anchorUnixMs + (startNs - _anchorNs) / 1_000_000,
            DurationNs = _endNs - startNs,
            Gauges = new IntervalGauges
            {
                UsersByClass = new SortedDictionary<string, int>(usersByClass.ToDictionary(), StringComparer.Ordinal),
                Scenarios = scenarios ?? new Dictionary<string, ScenarioGauge>(),
                Spawning = spawning,
                InFlight = _lastOfLoop.Values.Sum(l => (long)l.InFlight),
                OldestRequestNs = _lastOfLoop.Values.Max(l => l.OldestRequestNs),
            },
            Totals = totals,
        };
    }
}
