using System.Text;
using System.Text.Json;
using Onrush.Measurement;
using Onrush.Outputs.Options;
using Onrush.Outputs.Pipeline;
using Onrush.Runs;

namespace Onrush.Outputs.Files;

/// <summary>
/// json=FILE: a JSON object a line. For each interval one of the whole run (<c>"type":"run"</c>), one for each series with requests (<c>"type":"requests"</c>),
/// one for each series of the load test's own metrics (<c>"type":"metric"</c>), and the slowest requests that have a trace (<c>"type":"trace"</c>). Times are milliseconds.
/// </summary>
internal sealed class JsonLines(string name, LineFile file, TimeSpan period, bool perWorker) : LineFileSink(name, file, period)
{
    private static readonly double[] Fractions = [0.5, 0.9, 0.95, 0.99, 0.999];
    private static readonly string[] FractionNames = ["p50", "p90", "p95", "p99", "p999"];

    private readonly MemoryStream _bytes = new();

    /// <summary>Reads its options.</summary>
    public static IOutputSink Make(OutputOptions options, OutputContext context)
    {
        var file = LineFile.Of(options, context, "results.jsonl");
        return new JsonLines(options.Shown, file, FilePeriod(options), options.Flag("workers"));
    }

    /// <inheritdoc/>
    protected override long Write(FoldedInterval interval, StringBuilder text)
    {
        _bytes.SetLength(0);
        var lines = 0;
        Line(writer => Run(writer, interval));
        foreach (var part in perWorker ? interval.Workers : [new WorkerPart("", interval.Totals, new())])
        {
            foreach (var series in part.Totals.Series.Values.OrderBy(series => series.Key))
                Line(writer => Series(writer, interval, part.Worker, series));
            foreach (var (key, metric) in part.Totals.Metrics.Where(metric => !ReservedMetrics.IsShownElsewhere(metric.Key.Name)))
                Line(writer => Metric(writer, interval, part.Worker, key, metric));
            foreach (var trace in SlowTrace.Of(part.Totals.Metrics))
                Line(writer => Trace(writer, interval, part.Worker, trace));
        }

        text.Append(Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length));
        return lines;

        void Line(Action<Utf8JsonWriter> write)
        {
            using (var writer = new Utf8JsonWriter(_bytes, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                writer.WriteStartObject();
                write(writer);
                writer.WriteEndObject();
            }

            _bytes.WriteByte((byte)'\n');
            lines++;
        }
    }

    private static void Begin(Utf8JsonWriter writer, string type, FoldedInterval interval, string worker)
    {
        writer.WriteString("type", type);
        writer.WriteString("time", DateTimeOffset.FromUnixTimeMilliseconds(interval.StartUnixMs));
        writer.WriteNumber("seconds", interval.Seconds);
        if (worker.Length > 0)
            writer.WriteString("worker", worker);
    }

    private static void Run(Utf8JsonWriter writer, FoldedInterval interval)
    {
        Begin(writer, "run", interval, "");
        writer.WriteString("phase", $"{interval.Picture.Phase}".ToLowerInvariant());
        writer.WriteNumber("users", interval.Picture.Users);
        writer.WriteNumber("targetUsers", interval.Picture.TargetUsers);
        writer.WriteNumber("inFlight", interval.Picture.InFlight);
        writer.WriteNumber("oldestRequestMs", interval.Picture.OldestRequest.TotalMilliseconds);
        writer.WriteNumber("iterations", interval.Totals.Iterations.Values.Sum(i => i.Duration.Count));
        writer.WriteNumber("droppedIterations", interval.Totals.Iterations.Values.Sum(i => i.Dropped));
        writer.WriteNumber("generatorBusyPercent", Math.Round(interval.Picture.Generator.BusyPercent, 2));
        writer.WriteNumber("generatorLagP99Ms", interval.Picture.Generator.CurrentLagP99Ms);
    }

    private static void Series(Utf8JsonWriter writer, FoldedInterval interval, string worker, SeriesInterval series)
    {
        Begin(writer, "requests", interval, worker);
        writer.WriteString("scenario", series.Key.Scenario);
        writer.WriteString("method", series.Key.Method);
        writer.WriteString("name", series.Key.Name);
        Tags(writer, series.Key.Tags);
        writer.WriteNumber("requests", series.Succeeded + series.Failed);
        writer.WriteNumber("failures", series.Failed);
        writer.WriteNumber("cancelled", series.Cancelled);
        writer.WriteNumber("bytesSent", series.BytesSent);
        writer.WriteNumber("bytesReceived", series.BytesReceived);
        Times(writer, "responseTime", HistogramData.Merge(series.Time(RequestTime.Success), series.Time(RequestTime.Failure)), 1e6);
        Times(writer, "duration", HistogramData.Merge(series.Time(RequestTime.SuccessDuration), series.Time(RequestTime.FailureDuration)), 1e6);
        writer.WriteStartObject("statuses");
        foreach (var (status, count) in series.Statuses)
            writer.WriteNumber($"{status}", count);
        writer.WriteEndObject();
    }

    private static void Metric(Utf8JsonWriter writer, FoldedInterval interval, string worker, MetricKey key, MetricInterval metric)
    {
        Begin(writer, "metric", interval, worker);
        writer.WriteString("metric", key.Name);
        writer.WriteString("kind", $"{key.Kind}".ToLowerInvariant());
        writer.WriteString("scenario", key.Scenario);
        Tags(writer, key.Tags);
        writer.WriteNumber("count", metric.Count);
        writer.WriteNumber("sum", metric.Sum);
        writer.WriteNumber("min", metric.Min);
        writer.WriteNumber("max", metric.Max);
        writer.WriteNumber("last", metric.Last);
        if (metric.Values.Count > 0)
            Times(writer, "values", metric.Values, TrendScale.PerUnit(key.Unit));
    }

    private static void Trace(Utf8JsonWriter writer, FoldedInterval interval, string worker, SlowTrace trace)
    {
        Begin(writer, "trace", interval, worker);
        writer.WriteString("traceId", trace.TraceId);
        writer.WriteString("scenario", trace.Scenario);
        writer.WriteString("method", trace.Method);
        writer.WriteString("name", trace.Name);
        writer.WriteNumber("status", trace.Status);
        writer.WriteNumber("responseTime", trace.ResponseMs);
    }

    private static void Tags(Utf8JsonWriter writer, TagSet? tags)
    {
        if (tags is null or { IsEmpty: true })
            return;
        writer.WriteStartObject("tags");
        foreach (var (name, value) in tags.Tags)
            writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    private static void Times(Utf8JsonWriter writer, string name, HistogramData times, double perUnit)
    {
        if (times.Count == 0)
            return;
        writer.WriteStartObject(name);
        writer.WriteNumber("avg", times.Average / perUnit);
        writer.WriteNumber("min", times.Min / perUnit);
        writer.WriteNumber("max", times.Max / perUnit);
        for (var i = 0; i < Fractions.Length; i++)
            writer.WriteNumber(FractionNames[i], times.Percentile(Fractions[i]) / perUnit);
        writer.WriteEndObject();
    }
}
