using System.Globalization;
using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>Values of metrics as sentences show them: at most four significant digits behind the point, with the unit.</summary>
internal static class MetricText
{
    /// <summary>A value with its unit.</summary>
    /// <param name="value">The value.</param>
    /// <param name="metric">The metric it is of.</param>
    /// <param name="aggregation">What it is of the metric.</param>
    public static string Of(double value, MetricDefinition metric, MetricAggregation aggregation) => (metric.Kind, aggregation) switch
    {
        (MetricKind.Rate, _) => Percent(value),
        (MetricKind.Counter, MetricAggregation.Rate) => Number(value) + (metric.Unit == MetricUnit.Bytes ? " bytes/s" : "/s"),
        (MetricKind.Trend, MetricAggregation.Count) => Number(value),
        _ => Number(value) + metric.Unit switch { MetricUnit.Milliseconds => " ms", MetricUnit.Bytes => " bytes", _ => "" },
    };

    /// <summary>A share from 0 to 1 in percent; never 0 % or 100 % unless it is exactly that.</summary>
    public static string Percent(double share)
    {
        var percent = Math.Round(share * 100, 2);
        if (percent == 0 && share > 0)
            percent = 0.01;
        if (percent == 100 && share < 1)
            percent = 99.99;
        return percent.ToString("0.00", CultureInfo.InvariantCulture) + " %";
    }

    private static string Number(double value)
    {
        var digits = Math.Abs(value) switch { >= 1000 => 1, >= 100 => 2, >= 1 => 3, _ => 6 };
        return Math.Round(value, digits).ToString("0.######", CultureInfo.InvariantCulture);
    }
}
