using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>What is known of a metric before it has a value: enough to refuse a threshold that could never be answered.</summary>
/// <param name="Name">Name, as in thresholds and summaries.</param>
/// <param name="Kind">How its values are put together.</param>
/// <param name="Unit">What its values mean: a trend of times has milliseconds, a counter of bytes has bytes.</param>
/// <param name="Section">Where it belongs in a summary.</param>
/// <param name="Tags">Names of the tags it can be filtered by, besides those of scenarios.</param>
/// <param name="OwnTags">Whether it can be filtered by the load test's own tags too.</param>
internal sealed record MetricDefinition(
    string Name, MetricKind Kind, MetricUnit Unit, MetricSection Section, IReadOnlyList<string> Tags, bool OwnTags)
{
    /// <summary>What is known of a metric of the load test.</summary>
    public static MetricDefinition Of(Metric metric) => ReportedMetrics.DefinitionOf(metric.Name, metric.Kind, metric.Unit);

    /// <summary>What can be asked of it: k6's, and the number of values of a trend, and smallest and largest of a gauge.</summary>
    public IReadOnlyList<MetricAggregation> Aggregations => Kind switch
    {
        MetricKind.Counter => [MetricAggregation.Count, MetricAggregation.Rate],
        MetricKind.Gauge => [MetricAggregation.Value, MetricAggregation.Min, MetricAggregation.Max],
        MetricKind.Rate => [MetricAggregation.Rate],
        _ =>
        [
            MetricAggregation.Average, MetricAggregation.Min, MetricAggregation.Max, MetricAggregation.Median,
            MetricAggregation.Percentile, MetricAggregation.Count,
        ],
    };
}
