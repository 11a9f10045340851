namespace Onrush.Runs;

/// <summary>How a rule compares.</summary>
internal enum ThresholdComparison
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

/// <summary>A rule over the values of one metric, for instance <c>p(95)&lt;500</c>.</summary>
/// <param name="Aggregation">What it looks at.</param>
/// <param name="Fraction">The share of a percentile, 0 to 1; 0 for everything else.</param>
/// <param name="Comparison">How it compares.</param>
/// <param name="Limit">What with: milliseconds, bytes, a share from 0 to 1, or a plain number, as the metric has it.</param>
/// <param name="Source">As its author wrote it.</param>
internal sealed record ThresholdRule(MetricAggregation Aggregation, double Fraction, ThresholdComparison Comparison, double Limit, string Source)
{
    /// <summary>What it looks at, as it is written: <c>p(99.9)</c>.</summary>
    public string Looks => TextOf(Aggregation, Fraction);

    /// <summary>Whether a value keeps the rule.</summary>
    public bool IsKeptBy(double value) => Comparison switch
    {
        ThresholdComparison.Less => value < Limit,
        ThresholdComparison.LessOrEqual => value <= Limit,
        ThresholdComparison.Greater => value > Limit,
        ThresholdComparison.GreaterOrEqual => value >= Limit,
        ThresholdComparison.Equal => value == Limit,
        _ => value != Limit,
    };

    /// <summary>An aggregation as it is written.</summary>
    /// <param name="aggregation">The aggregation.</param>
    /// <param name="fraction">The share of a percentile, 0 to 1; null for any.</param>
    public static string TextOf(MetricAggregation aggregation, double? fraction) => aggregation switch
    {
        MetricAggregation.Count => "count",
        MetricAggregation.Rate => "rate",
        MetricAggregation.Value => "value",
        MetricAggregation.Average => "avg",
        MetricAggregation.Min => "min",
        MetricAggregation.Median => "med",
        MetricAggregation.Max => "max",
        _ => fraction is { } share ? FormattableString.Invariant($"p({Math.Round(share * 100, 10)})") : "p(N)",
    };
}
