using System.Text.Json;

namespace Onrush.Outputs.CloudWatch;

/// <summary>One metric of one interval.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit in CloudWatch's words.</param>
/// <param name="Request">The request it belongs to, in ASCII; null for the whole run.</param>
/// <param name="Values">The values, and how often each occurred.</param>
internal sealed record MetricDatum(string Name, string Unit, string? Request, ValueBins Values)
{
    /// <summary>A sum and a number of values of which no more is known: every value is told as the mean.</summary>
    public (double Sum, long Count)? Statistics { get; init; }

    /// <summary>Writes it as PutMetricData wants it.</summary>
    public void Write(Utf8JsonWriter json, string host, long unixMs, bool isFine)
    {
        json.WriteStartObject();
        json.WriteString("MetricName", Name);
        json.WriteStartArray("Dimensions");
        WriteDimension(json, "Host", host);
        if (Request is not null)
            WriteDimension(json, "Request", Request);
        json.WriteEndArray();
        json.WriteNumber("Timestamp", unixMs / 1000.0);
        json.WriteString(nameof(Unit), Unit);
        json.WriteNumber("StorageResolution", isFine ? 1 : 60);
        if (Statistics is { } statistics)
        {
            var mean = statistics.Sum / statistics.Count;
            json.WriteStartObject("StatisticValues");
            json.WriteNumber("SampleCount", statistics.Count);
            json.WriteNumber("Sum", statistics.Sum);
            json.WriteNumber("Minimum", mean);
            json.WriteNumber("Maximum", mean);
            json.WriteEndObject();
        }
        else
        {
            WriteNumbers(json, "Values", Values.Values);
            json.WriteStartArray("Counts");
            foreach (long count in Values.Counts)
                json.WriteNumberValue(count);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes an array of numbers.</summary>
    public static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void WriteDimension(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString(nameof(Name), name);
        json.WriteString("Value", value);
        json.WriteEndObject();
    }
}
