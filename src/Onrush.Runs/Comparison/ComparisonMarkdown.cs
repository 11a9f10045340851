using System.Globalization;
using System.Text;
using Onrush.Runs.Results;

namespace Onrush.Runs.Comparison;

/// <summary>A comparison in Markdown, for a pull request.</summary>
internal static class ComparisonMarkdown
{
    public static string Of(RunComparison comparison, IReadOnlyList<string> hits)
    {
        var text = new StringBuilder();
        bool bad = hits.Count > 0 || comparison.Endpoints.Any(e => e.Metrics.Any(m => m.Kind == ChangeKind.Worse));
        text.Append(CultureInfo.InvariantCulture, $"## {(bad ? "❌" : "✅")} {Markdown.Inline(comparison.New.Name)} against {Markdown.Inline(comparison.Base.Name)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"**{ComparisonText.Summary(comparison)}**\n\n");
        foreach (string line in comparison.Objections.Concat(hits))
            text.Append(CultureInfo.InvariantCulture, $"> ⚠️ {Markdown.Inline(line)}\n\n");
        Markdown.Row(text, "endpoint", "figure", "base", "new", "change", "interval", "");
        text.Append("| :- | :- | -: | -: | -: | -: | :- |\n");
        foreach (var endpoint in comparison.Endpoints)
        {
            foreach (var metric in endpoint.Metrics)
            {
                string mark = metric.IsSignificant ? "**" : "";
                Markdown.Row(
                    text, Markdown.Inline(endpoint.Endpoint.ToString()), ComparisonText.Name(metric.Metric), ComparisonText.Value(metric.Base),
                    ComparisonText.Value(metric.New), $"{mark}{ComparisonText.Change(metric)}{mark}", ComparisonText.Interval(metric),
                    $"{mark}{ComparisonText.Verdict(metric.Kind)}{mark}");
            }
        }
        text.Append('\n');
        foreach (var endpoint in comparison.Gone)
            text.Append(CultureInfo.InvariantCulture, $"Only in the base: {Markdown.Inline(endpoint.ToString())}\n\n");
        foreach (var endpoint in comparison.Added)
            text.Append(CultureInfo.InvariantCulture, $"Only in the new run: {Markdown.Inline(endpoint.ToString())}\n\n");
        return text.Append(CultureInfo.InvariantCulture, $"All intervals together hold with {100 * comparison.Confidence:0.##} % confidence.\n").ToString();
    }
}
