using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>A slow request whose trace the target has. Immutable.</summary>
/// <param name="TraceId">Id of the trace, 32 hexadecimal digits.</param>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Name">Name the request is grouped under.</param>
/// <param name="Status">HTTP status; 0 when there was no response.</param>
/// <param name="ResponseMs">Response time in milliseconds.</param>
internal sealed record SlowTrace(string TraceId, string Scenario, string Method, string Name, int Status, double ResponseMs)
{
    /// <summary>Those that a report has, the slowest first.</summary>
    public static IReadOnlyList<SlowTrace> Of(IReadOnlyDictionary<MetricKey, MetricInterval> metrics) => Slowest(metrics
        .Where(metric => metric.Key.Name == TraceTable.Metric)
        .Select(metric => new SlowTrace(
            metric.Key.Tags[TraceTable.IdTag] ?? "", metric.Key.Scenario, metric.Key.Tags[MetricTags.Method] ?? "", metric.Key.Tags[MetricTags.Name] ?? "",
            int.TryParse(metric.Key.Tags[MetricTags.Status], out var status) ? status : 0, metric.Value.Max)));

    /// <summary>The slowest of them, as many as are kept of a second; of several as slow, always the same.</summary>
    public static IReadOnlyList<SlowTrace> Slowest(IEnumerable<SlowTrace> traces) =>
        [.. traces.OrderByDescending(trace => trace.ResponseMs).ThenBy(trace => trace.TraceId, StringComparer.Ordinal).Take(TraceTable.Kept)];

    /// <summary>The slowest of a run with the second in which each ended, the slowest first.</summary>
    public static IReadOnlyList<(int Second, SlowTrace Trace)> SlowestOf(IReadOnlyList<RunSecond> seconds, int most) =>
        [.. seconds.SelectMany(second => second.SlowTraces.Select(trace => (second.StartSecond, trace))).OrderByDescending(found => found.trace.ResponseMs).Take(most)];
}
