using System.Globalization;
using System.Text;
using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>The tables at the end of a run, from a snapshot to text. All times in milliseconds.</summary>
internal static class StatisticsTables
{
    /// <summary>Requests, failures, times and rates of every series.</summary>
    public static void Statistics(StringBuilder text, RunSnapshot run, int width)
    {
        TextTable table = new(
            new("Type", Right: false), new("Name", Right: false, Flexible: true), new("# reqs"), new("# fails"),
            new("Avg", Bar: true), new("Min", Optional: true), new("Max"), new("Med"), new("req/s", Bar: true), new("failures/s", Optional: true));
        foreach (SeriesRow row in run.Series)
            Add(row);
        table.AddRule();
        Add(run.Aggregated);
        table.Write(text, width);

        void Add(SeriesRow row) => table.Add(
            row.Method, Name(row, run), Text(row.Requests), $"{Text(row.Failures)}({Numbers.Percent(row.FailureRatio)})",
            Numbers.Ms(row.All.AverageMs), Numbers.Ms(row.All.MinMs), Numbers.Ms(row.All.MaxMs), Numbers.Ms(row.All.MedianMs),
            Numbers.Rate(row.TotalRps), Numbers.Rate(row.TotalFailuresPerSecond));
    }

    /// <summary>Percentiles of the response times of every series.</summary>
    public static void Percentiles(StringBuilder text, RunSnapshot run, int width)
    {
        text.Append("Response time percentiles (ms)\n");
        Percentiles(text, run, width, row => row.All);
    }

    /// <summary>Percentiles of the times from the due start, if iterations were scheduled: what callers that do not wait would have seen.</summary>
    public static bool FromDue(StringBuilder text, RunSnapshot run, int width)
    {
        if (run.Aggregated.FromDue is null && run.Series.All(row => row.FromDue is null))
            return false;
        text.Append("From the due start (ms): as above, with the time that the iteration started late\n");
        Percentiles(text, run, width, row => row.FromDue);
        return true;
    }

    /// <summary>What went wrong, and how often.</summary>
    public static bool Failures(StringBuilder text, RunSnapshot run, int width)
    {
        if (run.Failures.Count == 0)
            return false;
        text.Append("Error report\n");
        TextTable table = new(new TextColumn("# occurrences"), new("Error", Right: false, Flexible: true));
        foreach (FailureRow row in run.Failures)
            table.Add(Text(row.Occurrences), $"{row.Method} {row.Name}: {row.Message}".TrimStart());
        table.Write(text, width);
        return true;
    }

    /// <summary>What user code threw, with its stack.</summary>
    public static bool Exceptions(StringBuilder text, RunSnapshot run)
    {
        if (run.Exceptions.Count == 0)
            return false;
        text.Append("Exceptions\n");
        foreach (ExceptionRow row in run.Exceptions)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Count,7} x {Cells.Clean(row.UserClass)}.{Cells.Clean(row.Task)}: ");
            string[] lines = row.StackTrace.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length == 0)
                lines = [$"{row.Type}: {row.Message}"];
            text.Append(Cells.Clean(lines[0].Trim())).Append('\n');
            foreach (string line in lines.Skip(1))
                text.Append("            ").Append(Cells.Clean(line.Trim())).Append('\n');
        }

        return true;
    }

    private static void Percentiles(StringBuilder text, RunSnapshot run, int width, Func<SeriesRow, ResponseTimes?> times)
    {
        TextTable table = new(
        [
            new("Type", Right: false), new("Name", Right: false, Flexible: true),
            .. ResponseTimes.Ranks.Select((rank, i) => new TextColumn(Title(rank), Bar: i == 0, Optional: rank is 0.66 or 0.75 or 0.80 or 0.98 or 0.9999)), new("# reqs", Bar: true),
        ]);
        foreach (SeriesRow row in run.Series)
            Add(row);
        table.AddRule();
        Add(run.Aggregated);
        table.Write(text, width);

        void Add(SeriesRow row)
        {
            if (times(row) is { } values)
                table.Add([row.Method, Name(row, run), .. values.Percentiles.Select(Numbers.Ms), Text(values.Count)]);
        }
    }

    // The scenario is worth a mention only where there is more than one.
    private static string Name(SeriesRow row, RunSnapshot run) =>
        row.Scenario.Length > 0 && run.Series.Any(other => other.Scenario != row.Scenario) ? $"{row.Name} [{row.Scenario}]" : row.Name;

    private static string Title(double rank) => (rank * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
