using System.Globalization;
using System.Text.Json;
using Onrush.Runs;
using Onrush.Runs.Results;

namespace Onrush.Dashboard;

/// <summary>A run in the shape of Locust's <c>GET /stats/requests</c>.</summary>
internal static class LocustStats
{
    // Locust's page shows as many.
    private const int MostRows = 500;

    /// <summary>Writes the object.</summary>
    public static void Write(Utf8JsonWriter json, RunSnapshot run, SessionState state, IReadOnlyList<WorkerDocument> workers)
    {
        json.WriteStartObject();
        json.WriteStartArray("stats");
        foreach (var row in run.Series.Take(MostRows))
            Row(json, row);
        Row(json, run.Aggregated);
        json.WriteEndArray();
        json.WriteStartArray("errors");
        foreach (var row in run.Failures.Take(MostRows))
            Error(json, row);
        json.WriteEndArray();
        var all = run.Aggregated;
        json.WriteNumber("current_rps", all.CurrentRps);
        json.WriteNumber("current_fail_per_sec", all.CurrentFailuresPerSecond);
        json.WriteNumber("total_rps", all.TotalRps);
        json.WriteNumber("total_fail_per_sec", all.TotalFailuresPerSecond);
        json.WriteNumber("fail_ratio", all.FailureRatio);
        CurrentPercentiles(json, run);
        json.WriteString("state", StateOf(run, state));
        json.WriteNumber("user_count", run.Users);
        if (Others(workers) is { Length: > 0 } others)
            Workers(json, others, StateOf(run, state));
        json.WriteEndObject();
    }

    /// <summary>The name Locust has for where the test stands.</summary>
    public static string StateOf(RunSnapshot run, SessionState state) => state switch
    {
        SessionState.Ready => "ready",
        SessionState.Running => run.Phase == RunPhase.Running ? "running" : "spawning",
        SessionState.Stopping => "stopping",
        _ => "stopped",
    };

    /// <summary>Workers of other processes that are there: a run in one process has none, as in Locust.</summary>
    public static WorkerDocument[] Others(IReadOnlyList<WorkerDocument> workers) => [.. workers.Where(worker => worker is { Version: not null, State: not WorkerCondition.Left })];

    private static void Workers(Utf8JsonWriter json, WorkerDocument[] workers, string running)
    {
        json.WriteStartArray("workers");
        foreach (var worker in workers)
        {
            json.WriteStartObject();
            json.WriteString("id", worker.Id);
            json.WriteString("state", worker.State switch
            {
                WorkerCondition.Running or WorkerCondition.Late => running,
                WorkerCondition.Ending => "stopping",
                WorkerCondition.Lost or WorkerCondition.Failed => "missing",
                _ => "ready",
            });
            json.WriteNumber("user_count", worker.Users);
            json.WriteNumber("cpu_usage", worker.CpuPercent ?? 0);
            json.WriteNumber("memory_usage", worker.MemoryBytes ?? 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("worker_count", workers.Length);
    }

    private static void Row(Utf8JsonWriter json, SeriesRow row)
    {
        json.WriteStartObject();
        json.WriteString("method", row.Method);
        json.WriteString("name", row.Name);
        json.WriteString("safe_name", row.Name);
        json.WriteNumber("num_requests", row.Requests);
        json.WriteNumber("num_failures", row.Failures);
        json.WriteNumber("min_response_time", Math.Round(row.All.MinMs));
        json.WriteNumber("max_response_time", Math.Round(row.All.MaxMs));
        json.WriteNumber("current_rps", row.CurrentRps);
        json.WriteNumber("current_fail_per_sec", row.CurrentFailuresPerSecond);
        json.WriteNumber("avg_response_time", row.All.AverageMs);
        json.WriteNumber("median_response_time", row.All.MedianMs);
        json.WriteNumber("total_rps", row.TotalRps);
        json.WriteNumber("total_fail_per_sec", row.TotalFailuresPerSecond);
        json.WriteNumber("response_time_percentile_0.95", row.All.Percentile(0.95));
        json.WriteNumber("response_time_percentile_0.99", row.All.Percentile(0.99));
        json.WriteNumber("avg_content_length", row.AverageContentLength);
        json.WriteEndObject();
    }

    private static void Error(Utf8JsonWriter json, FailureRow row)
    {
        json.WriteStartObject();
        json.WriteString("name", row.Name);
        json.WriteString("method", row.Method);
        json.WriteString("error", row.Message);
        json.WriteNumber("occurrences", row.Occurrences);
        json.WriteString("first_seen", Instant(row.FirstSeen));
        json.WriteString("last_seen", Instant(row.LastSeen));
        json.WriteEndObject();
    }

    // Of the last ten seconds, as Locust's charts have them.
    private static void CurrentPercentiles(Utf8JsonWriter json, RunSnapshot run)
    {
        var times = new Measurement.HistogramTotal();
        foreach (var second in run.Seconds.Skip(Math.Max(0, run.Seconds.Count - 10)))
        {
            if (second.StartSecond >= run.RunTime.TotalSeconds - 11)
                times.Add(second.Distribution);
        }

        json.WriteStartObject("current_response_time_percentiles");
        foreach (double fraction in (double[])[0.5, 0.95])
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"response_time_percentile_{fraction}");
            if (times.Count == 0)
                json.WriteNull(name);
            else
                json.WriteNumber(name, times.Percentile(fraction) / 1e6);
        }

        json.WriteEndObject();
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
