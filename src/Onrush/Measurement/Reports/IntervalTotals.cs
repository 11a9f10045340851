namespace Onrush.Measurement;

/// <summary>
/// The part of an interval report that adds up: over loops, over time, over workers. Immutable; addition is associative and
/// commutative.
/// </summary>
internal sealed record IntervalTotals
{
    /// <summary>Nothing measured.</summary>
    public static readonly IntervalTotals Empty = new();

    /// <summary>Counters and distributions by series; series without anything are left out.</summary>
    public IReadOnlyDictionary<SeriesKey, SeriesInterval> Series { get; init; } = new Dictionary<SeriesKey, SeriesInterval>();

    /// <summary>Failures by text.</summary>
    public IReadOnlyDictionary<ErrorKey, Tally> Errors { get; init; } = new Dictionary<ErrorKey, Tally>();

    /// <summary>Unhandled exceptions of user code.</summary>
    public IReadOnlyDictionary<ExceptionKey, Tally> Exceptions { get; init; } = new Dictionary<ExceptionKey, Tally>();

    /// <summary>Iterations by scenario.</summary>
    public IReadOnlyDictionary<string, IterationInterval> Iterations { get; init; } = new Dictionary<string, IterationInterval>();

    /// <summary>Metrics that the load test itself reports, checks and groups among them.</summary>
    public IReadOnlyDictionary<MetricKey, MetricInterval> Metrics { get; init; } = new Dictionary<MetricKey, MetricInterval>();

    /// <summary>Health by number of the loop.</summary>
    public IReadOnlyDictionary<int, LoopHealth> Loops { get; init; } = new Dictionary<int, LoopHealth>();

    /// <summary>Users that got past OnStartAsync.</summary>
    public long UsersStarted { get; init; }

    /// <summary>Users that ended because OnStartAsync threw, or ended them by StopUser.</summary>
    public long UsersFailedOnStart { get; init; }

    /// <summary>Requests whose name was past the limit on names.</summary>
    public long DroppedNames { get; init; }

    /// <summary>What one loop measured between two swaps.</summary>
    public static IntervalTotals From(LoopInterval interval) => new()
    {
        Series = interval.Series.ToDictionary(s => s.Key, SeriesInterval.From),
        Errors = interval.Errors.Groups.ToDictionary(
            e => new ErrorKey(interval.Key(e.Key.Series), e.Key.Outcome, e.Key.Message), e => e.Value),
        Exceptions = interval.Exceptions.Groups.ToDictionary(e => e.Key, e => e.Value),
        Iterations = interval.Scenarios.Where(s => s.HasAny).ToDictionary(s => s.Name, IterationInterval.From),
        Metrics = interval.Metrics.Touched.Select(m => KeyValuePair.Create(m.Key, m.ToInterval())).Concat(interval.Stops.ToMetrics())
            .Concat(interval.Traces.ToMetrics(interval.Key, interval.StartUnixMs + interval.DurationNs / 1_000_000)).ToDictionary(),
        Loops = new Dictionary<int, LoopHealth> { [interval.Loop] = LoopHealth.From(interval) },
        UsersStarted = interval.UsersStarted,
        UsersFailedOnStart = interval.UsersFailedOnStart,
        DroppedNames = interval.DroppedNames,
    };

    /// <summary>Both together.</summary>
    public static IntervalTotals Merge(IntervalTotals a, IntervalTotals b) => new()
    {
        Series = Union(a.Series, b.Series, SeriesInterval.Merge),
        Errors = Union(a.Errors, b.Errors, (x, y) => x + y),
        Exceptions = Union(a.Exceptions, b.Exceptions, (x, y) => x + y),
        Iterations = Union(a.Iterations, b.Iterations, IterationInterval.Merge),
        Metrics = Union(a.Metrics, b.Metrics, MetricInterval.Merge),
        Loops = Union(a.Loops, b.Loops, LoopHealth.Merge),
        UsersStarted = a.UsersStarted + b.UsersStarted,
        UsersFailedOnStart = a.UsersFailedOnStart + b.UsersFailedOnStart,
        DroppedNames = a.DroppedNames + b.DroppedNames,
    };

    private static IReadOnlyDictionary<TKey, TValue> Union<TKey, TValue>(
        IReadOnlyDictionary<TKey, TValue> a, IReadOnlyDictionary<TKey, TValue> b, Func<TValue, TValue, TValue> add)
        where TKey : notnull
    {
        if (a.Count == 0)
            return b;
        if (b.Count == 0)
            return a;
        var all = new Dictionary<TKey, TValue>(a);
        foreach (var (key, value) in b)
            all[key] = all.TryGetValue(key, out var present) ? add(present, value) : value;
        return all;
    }
}
