using Onrush.Runs.Comparison;

namespace Onrush.Dashboard;

/// <summary>Which differences of two runs are larger than their noise.</summary>
/// <param name="Comparable">Whether it is a fair comparison.</param>
/// <param name="Reasons">Why not, one sentence each.</param>
/// <param name="Summary">The whole in a sentence.</param>
/// <param name="Rows">Endpoints that both runs have, then all requests together.</param>
internal sealed record ComparisonAnswer(bool Comparable, IReadOnlyList<string> Reasons, string Summary, IReadOnlyList<ComparedRow> Rows)
{
    public static ComparisonAnswer Of(RunComparison comparison) => new(
        comparison.Objections.Count == 0, comparison.Objections, ComparisonText.Summary(comparison), [.. comparison.Endpoints.Select(ComparedRow.Of)]);
}

/// <summary>One endpoint of both runs.</summary>
internal sealed record ComparedRow(string Scenario, string Method, string Name, IReadOnlyDictionary<string, ComparedFigure> Metrics)
{
    public static ComparedRow Of(EndpointChange row) => new(
        row.Endpoint.Scenario, row.Endpoint.Method, row.Endpoint.Name, row.Metrics.ToDictionary(change => NameOf(change.Metric), ComparedFigure.Of));

    // As the rows of the statistics have them.
    private static string NameOf(ComparedMetric metric) => metric switch
    {
        ComparedMetric.Median => "medianMs",
        ComparedMetric.P95 => "p95Ms",
        ComparedMetric.P99 => "p99Ms",
        ComparedMetric.Mean => "averageMs",
        ComparedMetric.Rps => "rps",
        ComparedMetric.Failed => "failedPercent",
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };
}

/// <summary>One figure of an endpoint: of the parts at a constant number of users, times of successful requests.</summary>
/// <param name="Base">Its value in the base run.</param>
/// <param name="New">Its value in the new run.</param>
/// <param name="ChangePercent">New against base in percent of the base, for the failed share in percentage points; null with too few requests.</param>
/// <param name="LowPercent">Lower end of the confidence interval of the change.</param>
/// <param name="HighPercent">Upper end of it.</param>
/// <param name="Verdict">What becomes of the change.</param>
internal sealed record ComparedFigure(double Base, double New, double? ChangePercent, double? LowPercent, double? HighPercent, ChangeKind Verdict)
{
    public static ComparedFigure Of(MetricChange change) => change.Kind == ChangeKind.TooFew
        ? new(Numbers.Short(change.Base), Numbers.Short(change.New), null, null, null, change.Kind)
        : new(Numbers.Short(change.Base), Numbers.Short(change.New), Numbers.Short(change.Change), Numbers.Short(change.Low), Numbers.Short(change.High), change.Kind);
}
