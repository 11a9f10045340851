using Onrush.Runs;

namespace Onrush.Outputs.Prometheus.Names;

/// <summary>
/// The names of the exporters for Locust, with which its dashboards work: gauges of what the statistics table shows. Times in milliseconds, as there; the row of
/// all requests has no method and the name Aggregated.
/// </summary>
internal sealed class LocustNames : IPromNames
{
    private const string Requests = "locust_requests_";

    /// <inheritdoc/>
    public IEnumerable<PromFamily> Families(PromTotals totals)
    {
        if (totals.Last is not { } last)
            yield break;
        var run = last.Picture;
        var seconds = run.Seconds.Count > 0 ? run.Seconds[^1] : null;
        yield return One("locust_up", "Whether the run can be seen.", 1);
        yield return One("locust_running", "0 stopped, 1 spawning, 2 running.", run.Phase switch { RunPhase.Spawning => 1, RunPhase.Running => 2, _ => 0 });
        yield return One("locust_users", "Users alive.", run.Users);
        yield return One("locust_workers_count", "Workers.", last.Workers.Count);
        yield return One("locust_workers_running_count", "Workers that run.", last.Workers.Count(worker => !worker.Gauges.Spawning));
        yield return One("locust_workers_hatching_count", "Workers that spawn.", last.Workers.Count(worker => worker.Gauges.Spawning));
        yield return One("locust_workers_missing_count", "Workers that are missing.", 0);
        yield return PromFamily.Of("locust_workers_detail", PromType.Gauge, "Users of a worker.", last.Workers.Select(worker =>
            (PromLabels.Of(("id", worker.Worker), ("state", worker.Gauges.Spawning ? "spawning" : "running")), (double)worker.Gauges.Users)));
        yield return One(Requests + "fail_ratio", "Failed share of all requests.", run.Aggregated.FailureRatio);
        yield return One(Requests + "current_response_time_percentile_50", "Median of the last second, in milliseconds.", seconds?.Times.MedianMs ?? 0);
        yield return One(Requests + "current_response_time_percentile_95", "95th percentile of the last second, in milliseconds.", seconds?.Times.Percentile(0.95) ?? 0);

        // Rows of several scenarios with the same method and name are one row there.
        var rows = run.Series.Append(run.Aggregated).GroupBy(row => (row.Method, row.Name)).Select(group => (group.Key, Rows: group.ToArray())).ToArray();
        yield return Rows("num_requests", "Requests.", rows => rows.Sum(row => row.Requests));
        yield return Rows("num_failures", "Failed requests.", rows => rows.Sum(row => row.Failures));
        yield return Rows("current_rps", "Requests of the last second.", rows => rows.Sum(row => row.CurrentRps));
        yield return Rows("current_fail_per_sec", "Failed requests of the last second.", rows => rows.Sum(row => row.CurrentFailuresPerSecond));
        yield return Rows("avg_response_time", "Mean in milliseconds.", rows => Mean(rows, row => row.All.AverageMs));
        yield return Rows("median_response_time", "Median in milliseconds.", rows => Mean(rows, row => row.All.MedianMs));
        yield return Rows("min_response_time", "Shortest in milliseconds.", rows => rows.Min(row => row.All.MinMs));
        yield return Rows("max_response_time", "Longest in milliseconds.", rows => rows.Max(row => row.All.MaxMs));
        yield return Rows("avg_content_length", "Mean length of bodies in bytes.", rows => Mean(rows, row => row.AverageContentLength));
        yield return PromFamily.Of("locust_errors", PromType.Gauge, "How often a failure happened.", run.Failures
            .GroupBy(failure => (failure.Method, failure.Name, failure.Message))
            .Select(group => (PromLabels.Of(("method", group.Key.Method), ("name", group.Key.Name), ("error", group.Key.Message)), (double)group.Sum(failure => failure.Occurrences))));

        PromFamily Rows(string name, string help, Func<IReadOnlyList<SeriesRow>, double> read) => PromFamily.Of(Requests + name, PromType.Gauge, help,
            rows.Select(row => (PromLabels.Of(("method", row.Key.Method), ("name", row.Key.Name)), read(row.Rows))));
    }

    private static double Mean(IReadOnlyList<SeriesRow> rows, Func<SeriesRow, double> read) =>
        rows.Sum(row => row.Requests) is > 0 and var all ? rows.Sum(row => read(row) * row.Requests) / all : 0;

    private static PromFamily One(string name, string help, double value) => PromFamily.Of(name, PromType.Gauge, help, (PromLabels.None, value));
}
