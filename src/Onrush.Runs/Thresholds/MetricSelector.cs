namespace Onrush.Runs;

/// <summary>Which values a threshold is about: those of a metric that carry all of the tags.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Tags">Tags in the order they were written; empty takes every value.</param>
internal sealed record MetricSelector(string Metric, IReadOnlyList<KeyValuePair<string, string>> Tags)
{
    /// <summary>As k6 writes it: <c>http_req_duration{name:call coupon,scenario:peak}</c>.</summary>
    public override string ToString() => Tags.Count == 0 ? Metric : $"{Metric}{{{string.Join(',', Tags.Select(tag => $"{tag.Key}:{tag.Value}"))}}}";
}
