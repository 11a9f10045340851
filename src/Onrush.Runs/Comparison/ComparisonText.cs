using System.Globalization;

namespace Onrush.Runs.Comparison;

/// <summary>The words and figures that table, Markdown and messages share.</summary>
internal static class ComparisonText
{
    /// <summary>Name of a figure, with its unit.</summary>
    public static string Name(ComparedMetric metric) => metric switch
    {
        ComparedMetric.Median => "median ms",
        ComparedMetric.P95 => "p95 ms",
        ComparedMetric.P99 => "p99 ms",
        ComparedMetric.Mean => "mean ms",
        ComparedMetric.Rps => "requests/s",
        ComparedMetric.Failed => "failed %",
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };

    /// <summary>A value in the unit of its metric.</summary>
    public static string Value(double value) => value.ToString(
        Math.Abs(value) >= 1000 ? "#,0" : Math.Abs(value) >= 100 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>A change with its sign.</summary>
    public static string Change(MetricChange change) => change.Kind == ChangeKind.TooFew ? "-" : Signed(change.Change, Unit(change));

    /// <summary>The interval of a change.</summary>
    public static string Interval(MetricChange change) =>
        change.Kind == ChangeKind.TooFew ? "-" : $"{Signed(change.Low, "")} to {Signed(change.High, Unit(change))}";

    /// <summary>What becomes of a change, in a word or two.</summary>
    public static string Verdict(ChangeKind kind) => kind switch
    {
        ChangeKind.Noise => "noise",
        ChangeKind.Better => "better",
        ChangeKind.Worse => "WORSE",
        ChangeKind.TooFew => "too few requests",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The whole comparison in a sentence.</summary>
    public static string Summary(RunComparison comparison)
    {
        var changes = comparison.Endpoints.SelectMany(e => e.Metrics).ToList();
        int worse = changes.Count(c => c.Kind == ChangeKind.Worse), better = changes.Count(c => c.Kind == ChangeKind.Better);
        string fair = comparison.Objections.Count > 0 ? " The runs are not a fair comparison." : "";
        return changes.Count == 0 ? "Nothing could be compared."
            : (worse, better) == (0, 0) ? $"No significant change.{fair}"
            : $"{Plural(worse)} worse, {Plural(better)} better.{fair}";
    }

    private static string Plural(int count) => count == 1 ? "1 figure is" : $"{count} figures are";

    private static string Unit(MetricChange change) => change.Metric == ComparedMetric.Failed ? " points" : " %";

    private static string Signed(double value, string unit) => value.ToString(
        Math.Abs(value) >= 999.5 ? "+#,0;-#,0" : "+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + unit;
}
