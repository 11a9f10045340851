using System.Globalization;
using Onrush.Measurement;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Influx;

/// <summary>
/// Sums and percentiles of each interval. Measurements, each with the tag <c>run</c>; times in milliseconds:
/// <code>
/// onrush_run         the whole run: users, in flight, iterations, generator
/// onrush_requests    scenario, method, name, own tags (worker): counts, bytes, percentiles, means of the phases
/// onrush_latency     as requests, and le (upper bound in milliseconds): count of the bucket alone, for heat maps
/// onrush_statuses    as requests, and status: count
/// onrush_errors      scenario, method, name, outcome, error: count
/// onrush_iterations  scenario: counts, durations
/// onrush_checks      scenario, check, own tags: passes, fails
/// onrush_metrics     metric, scenario, own tags: count, sum, min, max, last, percentiles of trends
/// onrush_workers     worker: users, requests, failures, the busiest loop
/// </code>
/// A field has one type for ever: counts are whole numbers, everything else is not.
/// </summary>
/// <param name="run">What tells the run from others.</param>
/// <param name="tags">Further tags of every point.</param>
/// <param name="perWorker">Whether requests are told apart by worker.</param>
internal sealed class AggregatedPoints(string run, IReadOnlyList<KeyValuePair<string, string>> tags, bool perWorker) : IInfluxPoints
{
    private const int LongestError = 200;

    private static readonly (string Name, RequestTime Time)[] Phases =
    [
        ("blocked_avg", RequestTime.Blocked), ("dns_avg", RequestTime.Dns), ("connect_avg", RequestTime.Connect), ("tls_avg", RequestTime.Tls),
        ("send_avg", RequestTime.Send), ("wait_avg", RequestTime.Wait), ("receive_avg", RequestTime.Receive),
    ];

    private static readonly string[] Bounds =
        [.. LatencyBounds.Milliseconds.Select(ms => ms.ToString(CultureInfo.InvariantCulture)), "+Inf"];

    private readonly LineBuilder _seriesTags = new();

    /// <inheritdoc/>
    public void Write(FoldedInterval interval, LineBuilder lines, Action<int> flush)
    {
        var ns = interval.StartUnixMs * 1_000_000;
        Run(interval, lines, ns);
        foreach (var part in perWorker ? interval.Workers : [new WorkerPart("", interval.Totals, new())])
        {
            foreach (var series in part.Totals.Series.Values)
            {
                Series(series, part.Worker, lines, ns);
                flush(InfluxBatch.MostPoints);
            }
        }

        foreach (var worker in interval.Workers)
            Worker(worker, lines, ns);
        Rest(interval.Totals, lines, ns);
        flush(InfluxBatch.MostPoints);
    }

    private LineBuilder Begin(LineBuilder lines, string measurement)
    {
        lines.Point(measurement).Tag("run", run);
        foreach (var (name, value) in tags)
            lines.Tag(name, value);
        return lines;
    }

    private void Run(FoldedInterval interval, LineBuilder lines, long ns)
    {
        var iterations = interval.Totals.Iterations.Values;
        var requests = interval.Totals.Series.Values;
        var loops = interval.Workers.SelectMany(worker => worker.Totals.Loops.Values).ToArray();
        Begin(lines, "onrush_run")
            .Field("users", (long)interval.Picture.Users)
            .Field("target_users", (long)interval.Picture.TargetUsers)
            .Field("requests", requests.Sum(series => series.Succeeded + series.Failed))
            .Field("failures", requests.Sum(series => series.Failed))
            .Field("in_flight", interval.Picture.InFlight)
            .Field("oldest_ms", interval.Picture.OldestRequest.TotalMilliseconds)
            .Field("iterations", iterations.Sum(one => one.Duration.Count))
            .Field("dropped_iterations", iterations.Sum(one => one.Dropped))
            .Field("busy_percent", loops.Select(loop => loop.Busy * 100).DefaultIfEmpty().Max())
            .Field("lag_p99_ms", loops.Select(loop => loop.LagP99Ns / 1e6).DefaultIfEmpty().Max())
            .Field("generator_bound_seconds", (long)interval.Picture.Generator.BoundSeconds)
            .Field("seconds", interval.Seconds)
            .End(ns);
    }

    private void Series(SeriesInterval series, string worker, LineBuilder lines, long ns)
    {
        var key = series.Key;
        _seriesTags.Clear();
        // The tags are the same for many points: they are escaped once.
        Own(Begin(_seriesTags, "t"), key.Tags).Tag("scenario", key.Scenario).Tag("method", key.Method).Tag("name", key.Name).Tag("worker", worker).Field("f", 1L).End(0);
        var written = _seriesTags.Bytes[1.._seriesTags.Bytes.LastIndexOf(" f="u8)];
        var times = HistogramData.Merge(series.Time(RequestTime.Success), series.Time(RequestTime.Failure));
        lines.Point("onrush_requests").Tags(written)
            .Field("count", series.Succeeded + series.Failed)
            .Field("failures", series.Failed)
            .Field("cancelled", series.Cancelled)
            .Field("bytes_sent", series.BytesSent)
            .Field("bytes_received", series.BytesReceived);
        Times(lines, "", times, 1e6);
        if (times.Count > 0)
        {
            lines.Field("duration_p95", HistogramData.Merge(series.Time(RequestTime.SuccessDuration), series.Time(RequestTime.FailureDuration)).Percentile(0.95) / 1e6);
            foreach (var (name, time) in Phases)
                lines.Field(name, series.Time(time).Average / 1e6);
        }

        if (series.Time(RequestTime.FromDue) is { Count: > 0 } fromDue)
            lines.Field("from_due_p99", fromDue.Percentile(0.99) / 1e6);
        lines.End(ns);
        foreach (var (status, count) in series.Statuses)
            lines.Point("onrush_statuses").Tags(written).Tag("status", status.ToString(CultureInfo.InvariantCulture)).Field("count", count).End(ns);
        var counts = LatencyBounds.Counts(times);
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
                lines.Point("onrush_latency").Tags(written).Tag("le", Bounds[i]).Field("count", counts[i]).End(ns);
        }
    }

    private void Worker(WorkerPart worker, LineBuilder lines, long ns)
    {
        var requests = worker.Totals.Series.Values;
        Begin(lines, "onrush_workers").Tag("worker", worker.Worker)
            .Field("users", (long)worker.Gauges.Users)
            .Field("requests", requests.Sum(series => series.Succeeded + series.Failed))
            .Field("failures", requests.Sum(series => series.Failed))
            .Field("in_flight", worker.Gauges.InFlight)
            .Field("busy_percent", worker.Totals.Loops.Values.Select(loop => loop.Busy * 100).DefaultIfEmpty().Max())
            .Field("lag_p99_ms", worker.Totals.Loops.Values.Select(loop => loop.LagP99Ns / 1e6).DefaultIfEmpty().Max())
            .End(ns);
    }

    private void Rest(IntervalTotals totals, LineBuilder lines, long ns)
    {
        foreach (var (key, tally) in totals.Errors)
        {
            Begin(lines, "onrush_errors").Tag("scenario", key.Series.Scenario).Tag("method", key.Series.Method).Tag("name", key.Series.Name)
                .Tag("outcome", $"{key.Outcome}").Tag("error", key.Message.Length > LongestError ? key.Message[..LongestError] : key.Message)
                .Field("count", tally.Count).End(ns);
        }

        foreach (var iterations in totals.Iterations.Values)
        {
            Begin(lines, "onrush_iterations").Tag("scenario", iterations.Scenario)
                .Field("count", iterations.Duration.Count).Field("failed", iterations.Failed)
                .Field("dropped", iterations.Dropped).Field("interrupted", iterations.Interrupted).Field("offered", iterations.Offered);
            Times(lines, "", iterations.Duration, 1e6);
            if (iterations.Lateness.Count > 0)
                lines.Field("lateness_p99", iterations.Lateness.Percentile(0.99) / 1e6);
            lines.End(ns);
        }

        foreach (var (key, metric) in totals.Metrics)
        {
            if (ReservedMetrics.IsShownElsewhere(key.Name))
                continue;
            var isCheck = key.Name == MetricInfo.Checks.Name;
            Own(Begin(lines, isCheck ? "onrush_checks" : "onrush_metrics"), key.Tags).Tag("scenario", key.Scenario);
            if (isCheck)
            {
                lines.Field("passes", (long)metric.Sum).Field("fails", metric.Count - (long)metric.Sum).End(ns);
                continue;
            }

            lines.Tag("metric", key.Name)
                .Field("count", metric.Count).Field("sum", metric.Sum).Field("min", metric.Min).Field("max", metric.Max).Field("last", metric.Last);
            if (metric.Values.Count > 0)
            {
                lines.Field("p50", metric.Values.Percentile(0.5) / TrendScale.PerUnit(key.Unit)).Field("p95", metric.Values.Percentile(0.95) / TrendScale.PerUnit(key.Unit))
                    .Field("p99", metric.Values.Percentile(0.99) / TrendScale.PerUnit(key.Unit));
            }

            lines.End(ns);
        }
    }

    private static LineBuilder Own(LineBuilder lines, TagSet? own)
    {
        foreach (var (name, value) in (own ?? TagSet.Empty).Tags)
            lines.Tag(name, value);
        return lines;
    }

    private static void Times(LineBuilder lines, string prefix, HistogramData times, double perUnit)
    {
        if (times.Count == 0)
            return;
        lines.Field(prefix + "avg", times.Average / perUnit).Field(prefix + "min", times.Min / perUnit).Field(prefix + "max", times.Max / perUnit)
            .Field(prefix + "p50", times.Percentile(0.5) / perUnit).Field(prefix + "p90", times.Percentile(0.9) / perUnit).Field(prefix + "p95", times.Percentile(0.95) / perUnit)
            .Field(prefix + "p99", times.Percentile(0.99) / perUnit).Field(prefix + "p999", times.Percentile(0.999) / perUnit);
    }
}
