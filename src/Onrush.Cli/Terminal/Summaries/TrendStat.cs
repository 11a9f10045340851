using System.Globalization;
using Onrush.Cli.Options;
using Onrush.Runs;

namespace Onrush.Cli.Terminal.Summaries;

/// <summary>A column of the times in k6's summary.</summary>
/// <param name="Text">Its name, as it was asked for.</param>
/// <param name="Aggregation">What it is of the values.</param>
/// <param name="Fraction">Which percentile, from 0 to 1; 0 for everything else.</param>
internal sealed record TrendStat(string Text, MetricAggregation Aggregation, double Fraction = 0)
{
    /// <summary>k6's columns.</summary>
    public static readonly IReadOnlyList<TrendStat> Default = Read(["avg,min,med,max,p(90),p(95)"]);

    /// <summary>Reads columns.</summary>
    /// <exception cref="OptionException">One of them is none.</exception>
    public static IReadOnlyList<TrendStat> Read(IReadOnlyList<string> texts) => [.. ValueReader.Texts(texts).Select(Of)];

    private static TrendStat Of(string text) => text switch
    {
        "avg" => new(text, MetricAggregation.Average),
        "min" => new(text, MetricAggregation.Min),
        "med" => new(text, MetricAggregation.Median),
        "max" => new(text, MetricAggregation.Max),
        "count" => new(text, MetricAggregation.Count),
        ['p', '(', .. var percent, ')'] when double.TryParse(percent, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value <= 100 =>
            new(text, MetricAggregation.Percentile, value / 100),
        _ => throw new OptionException($"'{text}' is none of avg, min, med, max, count and p(N) with N from 0 to 100"),
    };
}
