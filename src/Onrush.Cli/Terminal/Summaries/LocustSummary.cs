using System.Globalization;
using System.Text;
using Onrush.Runs;

namespace Onrush.Cli.Terminal.Summaries;

/// <summary>
/// The tables that Locust prints when a test ends: same headings, columns and widths, times in whole milliseconds, so that what reads them goes on
/// reading them. The rates are those of the whole run, as in Locust.
/// </summary>
internal static class LocustSummary
{
    private const int TypeWidth = 8, NameWidth = 60, LeastName = 20;

    /// <param name="run">The run.</param>
    /// <param name="width">Columns of the terminal; 0 when there is none.</param>
    public static string Render(RunSnapshot run, int width)
    {
        int name = width == 0 ? NameWidth : Math.Max(LeastName, width - 80);
        StringBuilder text = new();
        Statistics(text, run, name - TypeWidth + 4);
        Percentiles(text, run, name);
        Errors(text, run, name);
        return text.ToString();
    }

    private static void Statistics(StringBuilder text, RunSnapshot run, int name)
    {
        string rule = $"{Dashes(TypeWidth)}|{Dashes(name)}|{Dashes(7)}|{Dashes(13)}|{Dashes(7)}|{Dashes(7)}|{Dashes(7)}|{Dashes(7)}|{Dashes(8)}|{Dashes(11)}\n";
        text.Append($"{"Type",-TypeWidth} {Left("Name", name)} {"# reqs",7} {"# fails",12} |{"Avg",7} {"Min",7} {"Max",7}{"Med",7} | {"req/s",7} {"failures/s",11}\n");
        text.Append(rule);
        foreach (SeriesRow row in run.Series)
            Row(row);
        text.Append(rule);
        Row(run.Aggregated);
        text.Append('\n');

        void Row(SeriesRow row)
        {
            string fails = string.Create(CultureInfo.InvariantCulture, $"{row.Failures}({row.FailureRatio * 100:0.00}%)");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Left(row.Method, TypeWidth)} {Left(row.Name, name)} {row.Requests,7} {fails,12} |{Ms(row.All.AverageMs),7} {Ms(row.All.MinMs),7} ");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Ms(row.All.MaxMs),7}{Ms(row.All.MedianMs),7} | {row.TotalRps,7:0.00} {row.TotalFailuresPerSecond,11:0.00}\n");
        }
    }

    private static void Percentiles(StringBuilder text, RunSnapshot run, int name)
    {
        string[] titles = [.. ResponseTimes.Ranks.Select(rank => (rank * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%"), "# reqs"];
        string rule = $"{Dashes(TypeWidth)}|{Dashes(name)}|{Dashes(8)}|{string.Join('|', ResponseTimes.Ranks.Select(_ => Dashes(6)))}\n";
        text.Append("Response time percentiles (approximated)\n");
        Line("Type", "Name", titles);
        text.Append(rule);
        foreach (SeriesRow row in run.Series.Where(row => row.Requests > 0))
            Row(row);
        text.Append(rule);
        if (run.Aggregated.Requests > 0)
            Row(run.Aggregated);
        text.Append('\n');

        void Row(SeriesRow row) => Line(row.Method, row.Name, [
            .. row.All.Percentiles.Select(value => Ms(value).ToString(CultureInfo.InvariantCulture)), row.Requests.ToString(CultureInfo.InvariantCulture)]);

        void Line(string method, string title, string[] cells) =>
            text.Append($"{Left(method, TypeWidth)} {Left(title, name)} {cells[0],8} {string.Join(' ', cells.Skip(1).Select(cell => cell.PadLeft(6)))}\n");
    }

    private static void Errors(StringBuilder text, RunSnapshot run, int name)
    {
        if (run.Failures.Count == 0)
            return;
        string rule = $"{Dashes(18)}|{Dashes(80 + name - 19)}\n";
        text.Append("Error report\n").Append($"{"# occurrences",-18} {"Error",-100}\n").Append(rule);
        foreach (FailureRow row in run.Failures)
            text.Append(CultureInfo.InvariantCulture, $"{row.Occurrences,-18} {Left($"{row.Method} {row.Name}: {row.Message}", 100)}\n");
        text.Append(rule).Append('\n');
    }

    // As Locust, which cuts off what stands behind the point.
    private static long Ms(double value) => (long)value;

    private static string Left(string text, int width) => Cells.Pad(Cells.Clean(text), width, right: false);

    private static string Dashes(int count) => new('-', count);
}
