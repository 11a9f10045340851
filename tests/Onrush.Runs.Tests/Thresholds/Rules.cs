using Onrush.Measurement;
using Onrush.Scenarios;

namespace Onrush.Runs.Tests.Thresholds;

/// <summary>Short ways to thresholds over a run that a fake worker plays.</summary>
internal static class Rules
{
    /// <summary>A metric of the load test of each kind: sold (counter), stock (gauge), lucky (rate), waiting (trend of milliseconds), size (counter of bytes).</summary>
    public static readonly MetricDefinition[] Own =
    [
        ReportedMetrics.DefinitionOf("sold", MetricKind.Counter, MetricUnit.None),
        ReportedMetrics.DefinitionOf("stock", MetricKind.Gauge, MetricUnit.None),
        ReportedMetrics.DefinitionOf("lucky", MetricKind.Rate, MetricUnit.None),
        ReportedMetrics.DefinitionOf("waiting", MetricKind.Trend, MetricUnit.Milliseconds),
        ReportedMetrics.DefinitionOf("size", MetricKind.Counter, MetricUnit.Bytes),
    ];

    public static ThresholdText Text(string metric, string rule, bool abort = false, double delay = 0) => new(metric, rule, abort, TimeSpan.FromSeconds(delay));

    public static MetricView View(RunState state) => new(state, Own, new Dictionary<string, TagSet> { ["s"] = TagSet.Of([new("page", "home")]) });

    public static RunJudge Judge(RunState state, IterationLimits? limits, params ThresholdText[] texts) =>
        new(new LoadTestConfiguration([], texts, limits), [], View(state), ["s"]);

    public static RuleRow One(RunState state, string metric, string rule) => Threshold.Of([Text(metric, rule)], View(state), ["s"])[0].Judge(View(state));

    /// <summary>A report of a load test's own metric.</summary>
    public static void Report(RunState state, MetricDefinition metric, params double[] values)
    {
        var distribution = metric.Kind == MetricKind.Trend ? Distribution(values) : HistogramData.Empty;
        var sum = metric.Kind == MetricKind.Rate ? values.Count(v => v != 0) : values.Sum();
        state.Reported.Add(
            new MetricKey(metric.Name, metric.Kind, metric.Unit, "s", TagSet.Empty),
            new MetricInterval(values.Length, sum, values.Min(), values.Max(), values[^1], FakeWorker.StartUnixMs, distribution));
    }

    /// <summary>A report of a check.</summary>
    public static void Check(RunState state, string name, long passes, long fails, string scenario = "s", string group = "")
    {
        var tags = TagSet.Of([new(MetricTags.Check, name)]);
        if (group.Length > 0)
            tags = tags.With(MetricTags.Group, group);
        state.Reported.Add(
            new MetricKey(BuiltInMetrics.Checks, MetricKind.Rate, MetricUnit.None, scenario, tags),
            new MetricInterval(passes + fails, passes, fails > 0 ? 0 : 1, passes > 0 ? 1 : 0, 1, FakeWorker.StartUnixMs, HistogramData.Empty));
    }

    private static HistogramData Distribution(double[] values)
    {
        var histogram = new Histogram(new ChunkPool());
        foreach (var value in values)
            histogram.Add((long)(value * FakeWorker.Millisecond));
        return HistogramData.From(histogram);
    }
}
