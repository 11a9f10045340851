using Onrush.Measurement;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Own;

/// <summary>Shows an interval as an output of a load test sees it.</summary>
internal static class OwnIntervals
{
    /// <summary>The view of an interval.</summary>
    public static OutputInterval Of(FoldedInterval interval) => new()
    {
        Start = DateTimeOffset.FromUnixTimeMilliseconds(interval.StartUnixMs),
        Length = TimeSpan.FromMilliseconds(interval.LengthMs),
        Users = interval.Picture.Users,
        InFlight = interval.Picture.InFlight,
        Iterations = interval.Totals.Iterations.Values.Sum(iterations => iterations.Duration.Count),
        Requests = [.. interval.Totals.Series.Values.Where(series => series.Succeeded + series.Failed > 0).OrderBy(series => series.Key).Select(Series)],
        Metrics = [.. interval.Totals.Metrics.Where(metric => !ReservedMetrics.IsShownElsewhere(metric.Key.Name)).Select(metric => Metric(metric.Key, metric.Value))],
    };

    private static OutputSeries Series(SeriesInterval series) =>
        new(HistogramData.Merge(series.Time(RequestTime.Success), series.Time(RequestTime.Failure)))
        {
            Scenario = series.Key.Scenario,
            Method = series.Key.Method,
            Name = series.Key.Name,
            Tags = Tags(series.Key.Tags),
            Requests = series.Succeeded + series.Failed,
            Failures = series.Failed,
            Statuses = series.Statuses.ToArray().ToDictionary(status => status.Status, status => status.Count),
            BytesSent = series.BytesSent,
            BytesReceived = series.BytesReceived,
        };

    private static OutputMetric Metric(MetricKey key, MetricInterval metric) => new()
    {
        Name = key.Name,
        Kind = key.Kind,
        Scenario = key.Scenario,
        Tags = Tags(key.Tags),
        Count = metric.Count,
        Sum = metric.Sum,
        Min = metric.Min,
        Max = metric.Max,
        Last = metric.Last,
    };

    private static Dictionary<string, string> Tags(TagSet? tags) => (tags ?? TagSet.Empty).Tags.ToDictionary(tag => tag.Key, tag => tag.Value);
}
