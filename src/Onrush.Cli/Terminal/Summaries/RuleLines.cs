using System.Text;
using Onrush.Runs;

namespace Onrush.Cli.Terminal.Summaries;

/// <summary>The rules of a run, one line each: what must hold, and what was found.</summary>
internal static class RuleLines
{
    /// <summary>Writes them, if there are any.</summary>
    public static bool Write(StringBuilder text, RunSnapshot run, Marks marks)
    {
        if (run.Rules.Count == 0)
            return false;
        text.Append("Thresholds\n");
        int subject = Widest(row => row.Subject), expression = Widest(row => row.Kind == RuleKind.Invariant ? "" : row.Expression);
        foreach (RuleRow row in run.Rules)
        {
            string line = $" {Cells.Pad(Cells.Clean(row.Subject), subject, right: false)}  {Cells.Pad(Cells.Clean(row.Expression), expression, right: false)}  {Cells.Clean(row.Found)}";
            text.Append(marks.Of(row.Passed is true)).Append(line.TrimEnd()).Append('\n');
        }

        return true;

        int Widest(Func<RuleRow, string> cell) => run.Rules.Max(row => Cells.Width(Cells.Clean(cell(row))));
    }
}
