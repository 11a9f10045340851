using System.Text.Json;

namespace Onrush.Testing.Targets.Aws;

/// <summary>Answers GetMetricData from what was stored: queries for one metric and statistic each.</summary>
internal static class MetricQueries
{
    public static object Answer(MetricStore store, JsonElement request)
    {
        double start = request.GetProperty("StartTime").GetDouble(), end = request.GetProperty("EndTime").GetDouble();
        if (start >= end)
            throw new AwsFaultException("ValidationError", "The parameter StartTime must be less than EndTime.");
        return new { MetricDataResults = request.GetProperty("MetricDataQueries").EnumerateArray().Select(query => Result(store, query, start, end)).ToArray() };
    }

    private static object Result(MetricStore store, JsonElement query, double start, double end)
    {
        var stat = query.GetProperty("MetricStat");
        var metric = stat.GetProperty("Metric");
        int period = stat.GetProperty("Period").GetInt32();
        if (period is not (1 or 5 or 10 or 30) && (period < 60 || period % 60 != 0))
            throw new AwsFaultException("ValidationError", "Period must be 1, 5, 10, 30, 60, or a multiple of 60.");
        string dimensions = string.Join(',', metric.GetProperty("Dimensions").EnumerateArray()
            .Select(d => $"{d.GetProperty("Name").GetString()}={d.GetProperty("Value").GetString()}").Order(StringComparer.Ordinal));
        var points = store.Points
            .Where(p => p.Id.Namespace == metric.GetProperty("Namespace").GetString() && p.Id.Name == metric.GetProperty("MetricName").GetString() && p.Id.Dimensions == dimensions)
            .Where(p => p.Second >= start && p.Second < end)
            .GroupBy(p => p.Second / period * period)
            .Select(group => (group.Key, Point: group.Select(p => p.Point).Aggregate((a, b) => a.Join(b))))
            .OrderByDescending(p => p.Key).ToList();
        return new
        {
            Id = query.GetProperty("Id").GetString(),
            Label = "x",
            StatusCode = "Complete",
            Timestamps = points.Select(p => (double)p.Key).ToArray(),
            Values = points.Select(p => Value(p.Point, stat.GetProperty("Stat").GetString()!)).ToArray(),
        };
    }

    private static double Value(StoredPoint point, string stat) => stat switch
    {
        "Average" => point.Sum / point.Count,
        "Sum" => point.Sum,
        "Minimum" => point.Min,
        "Maximum" => point.Max,
        "SampleCount" => point.Count,
        ['p', .. var rank] => point.Percentile(double.Parse(rank, System.Globalization.CultureInfo.InvariantCulture) / 100) ?? 0,
        _ => throw new AwsFaultException("ValidationError", stat),
    };
}
