using System.Globalization;
using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Outputs.Prometheus.Names;

/// <summary>Our own names: base units, <c>_total</c> on counters, nothing but what is bounded as a label.</summary>
/// <param name="runId">What tells the run from others.</param>
/// <param name="loadTest">Name of the load test.</param>
/// <param name="host">The target; null when none was named.</param>
internal sealed class OnrushNames(string runId, string loadTest, string? host) : IPromNames
{
    /// <inheritdoc/>
    public IEnumerable<PromFamily> Families(PromTotals totals)
    {
        yield return PromFamily.Of("onrush_run_info", PromType.Gauge, "The run: always 1.", (PromLabels.Of(("run_id", runId), ("load_test", loadTest), ("target", host)), 1));
        if (totals.Last is not { } last)
            yield break;
        var picture = last.Picture;
        yield return One("onrush_users", "Users alive.", picture.Users);
        yield return One("onrush_target_users", "Users the run is to have.", picture.TargetUsers);
        yield return One("onrush_in_flight_requests", "Requests in flight.", picture.InFlight);
        yield return One("onrush_oldest_request_seconds", "Age of the oldest request in flight.", picture.OldestRequest.TotalSeconds);
        yield return One("onrush_generator_bound_seconds", "Seconds in which the generator itself was the limit.", picture.Generator.BoundSeconds);
        foreach (var family in Requests(totals).Concat(Iterations(totals)).Concat(Workers(totals)).Concat(Reported(totals)))
            yield return family;
    }

    private static IEnumerable<PromFamily> Requests(PromTotals totals)
    {
        yield return PromFamily.Of("onrush_requests", PromType.Counter, "Requests that finished.", totals.Series.SelectMany(series => series.Value.Parts.Select(part => (
            Labels(series.Key).With(("status", part.Key.Status.ToString(CultureInfo.InvariantCulture)), ("result", part.Key.Expected ? "success" : "failure")), (double)part.Value))));
        yield return PromFamily.Of("onrush_request_failures", PromType.Counter, "Requests that failed, by the way they ended.",
            totals.Series.SelectMany(series => series.Value.Failures.Select(failure => (Labels(series.Key).With(("outcome", $"{failure.Key}")), (double)failure.Value))));
        yield return new PromFamily("onrush_request_duration_seconds", PromType.Histogram, "Response times: from the call to the last byte.",
            [.. totals.Series.SelectMany(series => Times(series.Key, series.Value.Times(RequestTime.Success), "success").Concat(Times(series.Key, series.Value.Times(RequestTime.Failure), "failure")))]);
        yield return PromFamily.Of("onrush_sent_bytes", PromType.Counter, "Bytes written.", totals.Series.Select(series => (Labels(series.Key), (double)series.Value.BytesSent)));
        yield return PromFamily.Of("onrush_received_bytes", PromType.Counter, "Bytes read.", totals.Series.Select(series => (Labels(series.Key), (double)series.Value.BytesReceived)));
    }

    private static IEnumerable<PromFamily> Iterations(PromTotals totals)
    {
        var all = totals.Iterations.Values;
        yield return PromFamily.Of("onrush_iterations", PromType.Counter, "Iterations that finished.", all.Select(one => (Scenario(one), (double)one.Duration.Count)));
        yield return PromFamily.Of("onrush_failed_iterations", PromType.Counter, "Iterations that an exception ended.", all.Select(one => (Scenario(one), (double)one.Failed)));
        yield return PromFamily.Of("onrush_dropped_iterations", PromType.Counter, "Iterations that were due and never started.", all.Select(one => (Scenario(one), (double)one.Dropped)));
        yield return new PromFamily("onrush_iteration_duration_seconds", PromType.Histogram, "How long iterations took.",
            [.. all.Where(one => one.Duration.Count > 0).Select(one => new PromSample(Scenario(one), 0, one.Duration))]);

        static PromLabels Scenario(IterationInterval one) => PromLabels.Of(("scenario", one.Scenario));
    }

    private static IEnumerable<PromFamily> Workers(PromTotals totals)
    {
        var workers = totals.Last!.Workers;
        yield return PromFamily.Of("onrush_worker_users", PromType.Gauge, "Users alive on a worker.", workers.Select(worker => (Worker(worker.Worker), (double)worker.Gauges.Users)));
        yield return PromFamily.Of("onrush_worker_requests", PromType.Counter, "Requests that finished on a worker.", totals.RequestsOfWorkers.Select(worker => (Worker(worker.Key), (double)worker.Value)));
        yield return PromFamily.Of("onrush_generator_busy_ratio", PromType.Gauge, "Busy share of the busiest loop of a worker.",
            workers.Select(worker => (Worker(worker.Worker), worker.Totals.Loops.Values.Select(loop => loop.Busy).DefaultIfEmpty().Max())));
        yield return PromFamily.Of("onrush_generator_lag_seconds", PromType.Gauge, "99th percentile of the lag of the worst loop of a worker.",
            workers.Select(worker => (Worker(worker.Worker), worker.Totals.Loops.Values.Select(loop => loop.LagP99Ns / 1e9).DefaultIfEmpty().Max())));

        static PromLabels Worker(string name) => PromLabels.Of(("worker", name));
    }

    private static IEnumerable<PromFamily> Reported(PromTotals totals)
    {
        yield return PromFamily.Of("onrush_checks", PromType.Counter, "Checks.", totals.Metrics.Where(metric => metric.Key.Name == BuiltInMetrics.Checks)
            .SelectMany(metric => Results(metric.Key, metric.Value)));
        foreach (var metric in totals.Metrics.Where(metric => metric.Key.Name != BuiltInMetrics.Checks)
            .GroupBy(metric => (metric.Key.Name, metric.Key.Kind, metric.Key.Unit)).OrderBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            var name = (metric.Key.Name == BuiltInMetrics.GroupDuration ? "onrush_" : "onrush_custom_") + PromLabels.NameOf(metric.Key.Name);
            var help = $"The metric {metric.Key.Name} of the load test.";
            var unit = metric.Key.Unit switch { MetricUnit.Milliseconds => "_seconds", MetricUnit.Bytes => "_bytes", _ => "" };
            yield return metric.Key.Kind switch
            {
                MetricKind.Counter => PromFamily.Of(name + (unit == "_bytes" ? unit : ""), PromType.Counter, help, metric.Select(one => (Tagged(one.Key), one.Value.Sum))),
                MetricKind.Gauge => PromFamily.Of(name, PromType.Gauge, help, metric.Select(one => (Tagged(one.Key), MetricTotals.Read([one.Value], MetricKind.Gauge, 0).Last))),
                MetricKind.Rate => PromFamily.Of(name, PromType.Counter, help, metric.SelectMany(one => Results(one.Key, one.Value))),
                _ => new PromFamily(name + unit, PromType.Histogram, help,
                    [.. metric.Where(one => one.Value.Values is { Count: > 0 }).Select(one => new PromSample(Tagged(one.Key), 0, one.Value.Values!.ToData(), PerUnit(metric.Key.Unit)))]),
            };
        }
    }

    private static IEnumerable<(PromLabels Labels, double Value)> Results(MetricKey key, MetricTotals totals) =>
        [(Tagged(key).With(("result", "pass")), totals.Sum), (Tagged(key).With(("result", "fail")), totals.Count - totals.Sum)];

    private static IEnumerable<PromSample> Times(SeriesKey key, HistogramTotal? times, string result) =>
        times is { Count: > 0 } ? [new PromSample(Labels(key).With(("result", result)), 0, times.ToData())] : [];

    // The distribution of milliseconds is in nanoseconds, as all times are, and seconds are shown.
    private static double PerUnit(MetricUnit unit) => unit == MetricUnit.Milliseconds ? 1e9 : TrendScale.PerUnit(unit);

    private static PromFamily One(string name, string help, double value) => PromFamily.Of(name, PromType.Gauge, help, (PromLabels.None, value));

    private static PromLabels Labels(SeriesKey key) => PromLabels.Of(("scenario", key.Scenario), ("method", key.Method), ("name", key.Name)).With(key.Tags);

    private static PromLabels Tagged(MetricKey key) => PromLabels.Of(("scenario", key.Scenario)).With(key.Tags);
}
