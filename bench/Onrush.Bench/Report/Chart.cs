using System.Globalization;
using System.Net;
using System.Text;
using Onrush.Bench.Measuring.Throughput;

namespace Onrush.Bench.Report;

/// <summary>The picture of the README: requests per CPU-second of every generator, wrk being one.</summary>
internal static class Chart
{
    private const int Width = 760;
    private const int Row = 26;
    private const int Top = 64;
    private const int Left = 330;
    private const int Right = 70;

    /// <param name="results">Bundles with the same target and number of connections.</param>
    /// <param name="machine">What they were measured on.</param>
    /// <param name="date">When.</param>
    /// <returns>SVG; null when there is nothing to draw.</returns>
    public static string? Render(IReadOnlyList<ThroughputResult> results, string machine, DateTimeOffset date)
    {
        (string Label, double Ratio)[] bars =
        [
            .. results.SelectMany(result => result.Rows).Where(row => row.Samples.Count > 0)
                .Select(row => (Label: row.Generator.Label.Replace("*", "", StringComparison.Ordinal), Ratio: row.Spread(sample => sample.Ratio).Median))
                .DistinctBy(bar => bar.Label).OrderByDescending(bar => bar.Ratio),
        ];
        if (bars.Length == 0)
            return null;
        var scale = (Width - Left - Right) / bars.Max(bar => bar.Ratio);
        var height = Top + bars.Length * Row + 16;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        Text(svg, 16, 26, "start", "#111827", "Requests per CPU-second of the generator, wrk = 1", "font-size=\"16\" font-weight=\"600\"");
        Text(svg, 16, 46, "start", "#6b7280", string.Create(CultureInfo.InvariantCulture, $"GET of 35 bytes, 50 connections, nginx on loopback; {machine}; {date:yyyy-MM-dd}"), "");
        for (var i = 0; i < bars.Length; i++)
        {
            var (label, ratio) = bars[i];
            var y = Top + i * Row;
            var color = label.StartsWith("Onrush", StringComparison.Ordinal) ? "#2563eb" : "#9ca3af";
            Text(svg, Left - 8, y + 16, "end", "#111827", label, "");
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left}\" y=\"{y + 3}\" width=\"{Math.Max(1, ratio * scale):0.0}\" height=\"18\" fill=\"{color}\"/>\n");
            Text(svg, Left + ratio * scale + 6, y + 16, "start", "#111827", ratio.ToString("0.00", CultureInfo.InvariantCulture), "");
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static void Text(StringBuilder svg, double x, int y, string anchor, string color, string text, string more) => svg.Append(
        CultureInfo.InvariantCulture, $"<text x=\"{x:0.0}\" y=\"{y}\" text-anchor=\"{anchor}\" fill=\"{color}\" {more}>{WebUtility.HtmlEncode(text)}</text>\n");
}
