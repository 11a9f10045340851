using Onrush.Measurement;
using Onrush.Outputs.K6;
using Onrush.Outputs.Pipeline;
using Onrush.Runs;

namespace Onrush.Outputs.Prometheus;

/// <summary>Sums since the start of the run, as Prometheus wants them. Owned by one thread, or under a lock.</summary>
internal sealed class PromTotals
{
    /// <summary>Requests by series.</summary>
    public SortedDictionary<SeriesKey, PromSeries> Series { get; } = [];

    /// <summary>Iterations by scenario.</summary>
    public SortedDictionary<string, IterationInterval> Iterations { get; } = new(StringComparer.Ordinal);

    /// <summary>What the load test reported.</summary>
    public Dictionary<MetricKey, MetricTotals> Metrics { get; } = [];

    /// <summary>Requests by worker.</summary>
    public SortedDictionary<string, long> RequestsOfWorkers { get; } = new(StringComparer.Ordinal);

    /// <summary>The newest interval; null before the first.</summary>
    public FoldedInterval? Last { get; private set; }

    /// <summary>Adds an interval.</summary>
    public void Add(FoldedInterval interval)
    {
        Last = interval;
        foreach (var series in interval.Totals.Series.Values)
        {
            if (!Series.TryGetValue(series.Key, out var total))
                Series.Add(series.Key, total = new PromSeries());
            total.Add(series);
        }

        foreach (var iterations in interval.Totals.Iterations.Values)
            Iterations[iterations.Scenario] = Iterations.TryGetValue(iterations.Scenario, out var before) ? IterationInterval.Merge(before, iterations) : iterations;
        foreach (var (key, metric) in interval.Totals.Metrics)
        {
            if (ReservedMetrics.IsShownElsewhere(key.Name))
                continue;
            if (!Metrics.TryGetValue(key, out var total))
                Metrics.Add(key, total = new MetricTotals(key));
            total.Add(metric);
        }

        foreach (var worker in interval.Workers)
        {
            RequestsOfWorkers[worker.Worker] = RequestsOfWorkers.GetValueOrDefault(worker.Worker)
                + worker.Totals.Series.Values.Sum(series => series.Succeeded + series.Failed);
        }
    }
}

/// <summary>Requests of one series since the start of the run.</summary>
internal sealed class PromSeries
{
    private readonly HistogramTotal?[] _times = new HistogramTotal?[(int)RequestTime.Receive + 1];

    /// <summary>Number of requests by status and judgement.</summary>
    public SortedDictionary<(int Status, bool Expected), long> Parts { get; } = [];

    /// <summary>Number of failed requests by the way they ended.</summary>
    public SortedDictionary<Outcome, long> Failures { get; } = [];

    /// <summary>Bytes written.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Bytes read.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>A distribution; null while it is empty.</summary>
    public HistogramTotal? Times(RequestTime time) => _times[(int)time];

    /// <summary>Adds an interval.</summary>
    public void Add(SeriesInterval series)
    {
        foreach (var part in K6Part.Of(series))
            Parts[(part.Status, part.Expected)] = Parts.GetValueOrDefault((part.Status, part.Expected)) + part.Count;
        for (var outcome = 0; outcome < series.Outcomes.Length; outcome++)
        {
            if (series.Outcomes[outcome] > 0 && OutcomeTable.IsFailure((Outcome)outcome))
                Failures[(Outcome)outcome] = Failures.GetValueOrDefault((Outcome)outcome) + series.Outcomes[outcome];
        }

        BytesSent += series.BytesSent;
        BytesReceived += series.BytesReceived;
        for (var time = 0; time < _times.Length; time++)
        {
            if (series.Time((RequestTime)time).Count > 0)
                (_times[time] ??= new HistogramTotal()).Add(series.Time((RequestTime)time));
        }
    }
}
