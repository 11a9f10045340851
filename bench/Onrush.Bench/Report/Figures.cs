using System.Globalization;
using Onrush.Bench.Measuring;

namespace Onrush.Bench.Report;

/// <summary>How figures are written.</summary>
internal static class Figures
{
    /// <summary>Median and range.</summary>
    /// <param name="spread">The figure.</param>
    /// <param name="format">Format of one number.</param>
    public static string Text(Spread spread, string format) => spread.Count == 1
        ? Text(spread.Median, format)
        : $"{Text(spread.Median, format)} ({Text(spread.Min, format)}-{Text(spread.Max, format)})";

    public static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
