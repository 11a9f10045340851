using System.Runtime.CompilerServices;

namespace Onrush.Measurement;

/// <summary>
/// One half of a loop's double buffer: all that the loop measured between two swaps. Belongs to the loop's thread while it is being
/// filled, to the reader from <see cref="LoopRecorder.Swap"/> until <see cref="LoopRecorder.Return"/>; never to both.
/// </summary>
internal sealed class LoopInterval
{
    private readonly SeriesNames _names;
    private readonly ChunkPool _pool = new();
    private readonly List<ScenarioCounters> _scenarios = [];
    private SeriesCounters?[] _series = new SeriesCounters?[16];
    private int[] _touched = new int[16];
    private int _touchedCount;

    internal LoopInterval(int loop, SeriesNames names, MetricNames metrics, RecorderLimits limits)
    {
        _names = names;
        Loop = loop;
        Metrics = new MetricHalf(metrics, _pool);
        Errors = new ErrorTable(limits.Errors);
        Exceptions = new ExceptionTable(limits.Exceptions, limits.Stacks);
        Stops = new StopTable(limits.StopReasons);
        GeneratorAdded = new Histogram(_pool);
        Lag = new Histogram(_pool);
        Canary = new Histogram(_pool);
    }

    /// <summary>Number of the loop.</summary>
    public int Loop { get; }

    /// <summary>Beginning, in nanoseconds of the monotonic clock.</summary>
    public long StartNs { get; private set; }

    /// <summary>End, in nanoseconds of the monotonic clock.</summary>
    public long EndNs { get; private set; }

    /// <summary>Beginning, in milliseconds of Unix time.</summary>
    public long StartUnixMs { get; private set; }

    /// <summary>Requests in flight at the end, as the engine counts them.</summary>
    public int InFlight { get; private set; }

    /// <summary>Age of the oldest request in flight at the end, in nanoseconds; 0 when there is none.</summary>
    public long OldestRequestNs { get; private set; }

    /// <summary>Requests whose name was past the limit on names.</summary>
    public long DroppedNames { get; private set; }

    /// <summary>What the load test itself reported.</summary>
    public MetricHalf Metrics { get; }

    /// <summary>Failures by text.</summary>
    public ErrorTable Errors { get; }

    /// <summary>Unhandled exceptions of user code.</summary>
    public ExceptionTable Exceptions { get; }

    /// <summary>Users that ended themselves for a reason.</summary>
    public StopTable Stops { get; }

    /// <summary>The slowest requests that have a trace.</summary>
    public TraceTable Traces { get; } = new();

    /// <summary>Time between the arrival of a response in the kernel and its reading.</summary>
    public Histogram GeneratorAdded { get; }

    /// <summary>How long each turn of the loop kept everything else waiting.</summary>
    public Histogram Lag { get; }

    /// <summary>How late the canary timer fired.</summary>
    public Histogram Canary { get; }

    /// <summary>Time the loop worked, in nanoseconds.</summary>
    public long BusyNs { get; internal set; }

    /// <summary>Users that got past OnStartAsync.</summary>
    public long UsersStarted { get; internal set; }

    /// <summary>Users that ended because OnStartAsync threw, or ended them by StopUser.</summary>
    public long UsersFailedOnStart { get; internal set; }

    /// <summary>Length in nanoseconds.</summary>
    public long DurationNs => EndNs - StartNs;

    /// <summary>Iterations by scenario.</summary>
    public IReadOnlyList<ScenarioCounters> Scenarios => _scenarios;

    /// <summary>The series that have something in this interval.</summary>
    public IEnumerable<SeriesCounters> Series
    {
        get
        {
            for (int i = 0; i < _touchedCount; i++)
                yield return _series[_touched[i]]!;
        }
    }

    /// <summary>What a series of <see cref="Series"/> stands for, by its index.</summary>
    public SeriesKey Key(int series) => _series[series]!.Key;

    /// <summary>The counters of a series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SeriesCounters Touch(int series)
    {
        var all = _series;
        return (uint)series < (uint)all.Length && all[series] is { Touched: true } counters ? counters : TouchFirst(series);
    }

    /// <summary>The iteration counters of a scenario.</summary>
    internal ScenarioCounters Scenario(int scenario)
    {
        while (_scenarios.Count <= scenario)
            _scenarios.Add(new ScenarioCounters(_names.ScenarioName(_scenarios.Count), _pool));
        return _scenarios[scenario];
    }

    internal void Open(long nowNs, long nowUnixMs)
    {
        StartNs = nowNs;
        StartUnixMs = nowUnixMs;
    }

    internal void Close(long nowNs, int inFlight, long oldestStartNs, long droppedNames)
    {
        EndNs = nowNs;
        InFlight = inFlight;
        OldestRequestNs = oldestStartNs < 0 ? 0 : Math.Max(nowNs - oldestStartNs, 0);
        DroppedNames = droppedNames;
    }

    internal void Clear()
    {
        for (int i = 0; i < _touchedCount; i++)
            _series[_touched[i]]!.Clear();
        _touchedCount = 0;
        foreach (var scenario in _scenarios)
            scenario.Clear();
        Metrics.Clear();
        Errors.Clear();
        Exceptions.Clear();
        Stops.Clear();
        Traces.Clear();
        GeneratorAdded.Clear();
        Lag.Clear();
        Canary.Clear();
        BusyNs = UsersStarted = UsersFailedOnStart = DroppedNames = OldestRequestNs = 0;
        InFlight = 0;
    }

    private SeriesCounters TouchFirst(int series)
    {
        if (series >= _series.Length)
            Array.Resize(ref _series, Math.Max(_names.Count, _series.Length * 2));
        if (_touchedCount == _touched.Length)
            Array.Resize(ref _touched, _touched.Length * 2);
        var counters = _series[series] ??= new SeriesCounters(_names.Key(series), _pool);
        counters.Touched = true;
        _touched[_touchedCount++] = series;
        return counters;
    }
}
