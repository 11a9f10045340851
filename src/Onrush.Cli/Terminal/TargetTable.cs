using System.Globalization;
using System.Text;
using Onrush.Measurement;
using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>The table at the end of a run of what was measured on the target itself.</summary>
internal static class TargetTable
{
    /// <summary>Writes it; false when nothing was watched.</summary>
    public static bool Write(StringBuilder text, RunSnapshot run, int width)
    {
        if (run.Targets.Count == 0)
            return false;
        text.Append("Target\n");
        TextTable table = new(
            new("Name", Right: false, Flexible: true), new("Unit", Right: false), new("# readings", Optional: true), new("Avg", Bar: true), new("Min"), new("Max"), new("Last"));
        foreach (TargetRow row in run.Targets)
        {
            table.Add(
                row.Name, row.Unit, row.Count.ToString(CultureInfo.InvariantCulture),
                Show(row.Average, row.Unit), Show(row.Min, row.Unit), Show(row.Max, row.Unit), Show(row.Last, row.Unit));
        }

        table.Write(text, width);
        return true;
    }

    private static string Show(double? value, string unit) =>
        value is { } number ? Numbers.Value(number, unit.StartsWith("bytes", StringComparison.Ordinal) ? MetricUnit.Bytes : MetricUnit.None) : "-";
}
