using System.Globalization;
using System.Text;
using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>The tables at the end of a run of what the load test itself reported: checks, groups and its own metrics. Each only if there is any.</summary>
internal static class ReportedTables
{
    /// <summary>How often each check passed and failed.</summary>
    public static bool Checks(StringBuilder text, RunSnapshot run, int width)
    {
        if (run.Checks.Count == 0)
            return false;
        text.Append("Checks\n");
        bool several = run.Checks.Any(row => row.Scenario != run.Checks[0].Scenario);
        TextTable table = new(
            new("", Right: false), new("Check", Right: false, Flexible: true), new("# passed"), new("# failed"), new("Passed", Bar: true));
        foreach (CheckRow row in run.Checks)
        {
            string group = row.Group.Length > 0 ? row.Group + " " : "";
            string scenario = several ? $" [{row.Scenario}]" : "";
            table.Add(row.Fails == 0 ? "✓" : "✗", group + row.Name + scenario, Text(row.Passes), Text(row.Fails), Numbers.Percent(row.PassRatio));
        }

        table.Write(text, width);
        return true;
    }

    /// <summary>How long the groups took.</summary>
    public static bool Groups(StringBuilder text, RunSnapshot run, int width)
    {
        if (run.Groups.Count == 0)
            return false;
        text.Append("Groups (ms)\n");
        TextTable table = new(
            new("Group", Right: false, Flexible: true), new("# times"), new("Avg", Bar: true), new("Min", Optional: true), new("Max"), new("Med"), new("95%"), new("99%"));
        foreach (MetricRow row in run.Groups)
        {
            table.Add(
                row.Name, Text(row.Count), Numbers.Ms(row.Average), Numbers.Ms(row.Min), Numbers.Ms(row.Max),
                Numbers.Ms(At(row, 0.5)), Numbers.Ms(At(row, 0.95)), Numbers.Ms(At(row, 0.99)));
        }

        table.Write(text, width);
        return true;
    }

    /// <summary>The load test's own metrics.</summary>
    public static bool Metrics(StringBuilder text, RunSnapshot run, int width)
    {
        if (run.Metrics.Count == 0)
            return false;
        text.Append("Metrics\n");
        TextTable table = new(
            new("Name", Right: false, Flexible: true), new("Kind", Right: false, Optional: true), new("Value"), new("/s", Optional: true), new("# values"),
            new("Avg", Bar: true), new("Min", Optional: true), new("Max"), new("Med"), new("95%", Optional: true), new("99%"));
        foreach (MetricRow row in run.Metrics)
        {
            string name = row.Unit == MetricUnit.Milliseconds ? $"{row.Name} (ms)" : row.Name;
            string[] spread = row.Kind switch
            {
                MetricKind.Trend => [Show(row.Average), Show(row.Min), Show(row.Max), Show(At(row, 0.5)), Show(At(row, 0.95)), Show(At(row, 0.99))],
                MetricKind.Gauge => ["", Show(row.Min), Show(row.Max), "", "", ""],
                _ => ["", "", "", "", "", ""],
            };
            string value = row.Kind switch
            {
                MetricKind.Counter => Show(row.Sum),
                MetricKind.Gauge => Show(row.Last),
                MetricKind.Rate => Numbers.Percent(row.Rate),
                _ => "",
            };
            table.Add([name, $"{row.Kind}", value, row.Kind == MetricKind.Counter ? Show(row.Rate) : "", Text(row.Count), .. spread]);

            string Show(double number) => Numbers.Value(number, row.Unit);
        }

        table.Write(text, width);
        return true;
    }

    private static double At(MetricRow row, double rank) =>
        row.Percentiles.Count == 0 ? 0 : row.Percentiles[ResponseTimes.Ranks.TakeWhile(known => known < rank).Count()];

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
