using System.Globalization;
using System.Text;
using Onrush.Runs.Comparison;

namespace Onrush.Cli.Terminal;

/// <summary>A comparison as it is printed.</summary>
internal static class ComparisonTable
{
    /// <param name="comparison">The comparison.</param>
    /// <param name="hits">What the rules found, one sentence each.</param>
    /// <param name="width">Columns of the terminal; 0 when it does not matter.</param>
    public static string Render(RunComparison comparison, IReadOnlyList<string> hits, int width)
    {
        StringBuilder text = new();
        Run(text, "base", comparison.Base);
        Run(text, "new ", comparison.New);
        text.Append('\n');
        if (comparison.Endpoints.Count > 0)
            Table(text, comparison, width);
        foreach (Endpoint endpoint in comparison.Gone)
            text.Append("Only in the base run: ").Append(Cells.Clean(endpoint.ToString())).Append('\n');
        foreach (Endpoint endpoint in comparison.Added)
            text.Append("Only in the new run: ").Append(Cells.Clean(endpoint.ToString())).Append('\n');
        foreach (string objection in comparison.Objections)
            text.Append("Not a fair comparison: ").Append(Cells.Clean(objection)).Append('\n');
        foreach (string hit in hits)
            text.Append("FAILED: ").Append(Cells.Clean(hit)).Append('\n');
        return text.Append(ComparisonText.Summary(comparison)).Append('\n').ToString();
    }

    private static void Table(StringBuilder text, RunComparison comparison, int width)
    {
        TextTable table = new(
            new("Endpoint", Right: false, Flexible: true), new("", Right: false), new("base", Bar: true), new("new"), new("change", Bar: true),
            new(string.Create(CultureInfo.InvariantCulture, $"{100 * comparison.Confidence:0.#} % interval")), new("", Right: false));
        foreach (EndpointChange endpoint in comparison.Endpoints)
        {
            if (endpoint != comparison.Endpoints[0])
                table.AddRule();
            string name = endpoint.Endpoint.ToString();
            foreach (MetricChange metric in endpoint.Metrics)
            {
                table.Add(
                    name, ComparisonText.Name(metric.Metric), ComparisonText.Value(metric.Base), ComparisonText.Value(metric.New),
                    ComparisonText.Change(metric), ComparisonText.Interval(metric), ComparisonText.Verdict(metric.Kind));
                name = "";
            }
        }

        table.Write(text, width);
        text.Append('\n');
    }

    private static void Run(StringBuilder text, string role, ComparedRun run)
    {
        string ramps = run.ComparesRamps ? ", ramps included" : "";
        string bound = run.BoundShare > 0 ? string.Create(CultureInfo.InvariantCulture, $", generator-bound in {100 * run.BoundShare:0.#} %") : "";
        text.Append(CultureInfo.InvariantCulture, $"{role}  {Cells.Clean(run.Name)}: {run.Seconds:0} s compared{ramps}{bound}\n");
    }
}
