using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Onrush.Outputs.CloudWatch;

/// <summary>
/// Metrics as lines of the embedded metric format: one line for each set of dimensions and interval. A distribution is an object with Values and Counts, as the
/// OpenTelemetry collector writes it; names are in ASCII as in PutMetricData, so that both make the same metrics.
/// </summary>
internal static class EmfLines
{
    /// <summary>Most values of one metric.</summary>
    public const int MostValues = 100;

    /// <summary>The lines of an interval.</summary>
    public static IEnumerable<string> Of(IEnumerable<MetricDatum> data, CloudWatchSettings settings, long unixMs) =>
        data.GroupBy(datum => datum.Request).Select(metrics => Line([.. metrics], metrics.Key, settings, unixMs));

    private static string Line(IReadOnlyList<MetricDatum> metrics, string? request, CloudWatchSettings settings, long unixMs)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteHead(json, metrics, request, settings, unixMs);
            json.WriteString("Host", settings.Host);
            if (request is not null)
                json.WriteString("Request", request);
            foreach (var metric in metrics)
                WriteValues(json, metric);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteHead(Utf8JsonWriter json, IReadOnlyList<MetricDatum> metrics, string? request, CloudWatchSettings settings, long unixMs)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", unixMs);
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", settings.Namespace);
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        json.WriteStringValue("Host");
        if (request is not null)
            json.WriteStringValue("Request");
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (var metric in metrics)
        {
            json.WriteStartObject();
            json.WriteString("Name", metric.Name);
            json.WriteString("Unit", metric.Unit);
            json.WriteNumber("StorageResolution", settings.IsFine ? 1 : 60);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, MetricDatum metric)
    {
        json.WriteStartObject(metric.Name);
        if (metric.Statistics is { } statistics)
        {
            json.WriteNumber("Max", statistics.Sum / statistics.Count);
            json.WriteNumber("Min", statistics.Sum / statistics.Count);
            json.WriteNumber("Count", statistics.Count);
            json.WriteNumber("Sum", statistics.Sum);
        }
        else
        {
            var (values, counts) = metric.Values;
            MetricDatum.WriteNumbers(json, "Values", values);
            MetricDatum.WriteNumbers(json, "Counts", counts.Select(count => (double)count));
            json.WriteNumber("Max", values[^1]);
            json.WriteNumber("Min", values[0]);
            json.WriteNumber("Count", counts.Sum());
            json.WriteNumber("Sum", values.Zip(counts).Sum(pair => pair.First * pair.Second));
        }

        json.WriteEndObject();
    }
}
