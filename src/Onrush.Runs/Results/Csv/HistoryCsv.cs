using System.Text;

namespace Onrush.Runs.Results.Csv;

/// <summary>
/// PREFIX_stats_history.csv: rows for each second of the run. Columns are Locust's; percentiles are those of the whole run so far, or
/// those of the last second where the history is full.
/// </summary>
internal static class HistoryCsv
{
    private static readonly string[] Columns =
    [
        "Timestamp", "User Count", "Type", "Name", "Requests/s", "Failures/s", .. Percentiles.Columns, "Total Request Count",
        "Total Failure Count", "Total Median Response Time", "Total Average Response Time", "Total Min Response Time",
        "Total Max Response Time", "Total Average Content Size",
    ];

    /// <summary>The first line.</summary>
    public static string Head { get; } = new StringBuilder().Line(Columns).ToString();

    /// <summary>The lines of one second.</summary>
    /// <param name="run">The run at the end of that second.</param>
    /// <param name="current">Response times of each series in that second; null for a history of the aggregated row alone.</param>
    public static string Of(RunSnapshot run, SeriesSecond? current)
    {
        var text = new StringBuilder();
        if (current is not null)
        {
            var labels = new SeriesLabels(run);
            foreach (var row in run.Series)
                Row(text, run, row, labels.Of(row), current.Of(row));
        }
        Row(text, run, run.Aggregated, run.Aggregated.Name, current is null ? run.Aggregated.All : current.Aggregated);
        return text.ToString();
    }

    private static void Row(StringBuilder text, RunSnapshot run, SeriesRow row, string name, ResponseTimes percentiles) => text.Line(
    [
        CsvText.Of(run.TakenAt.ToUnixTimeSeconds()), CsvText.Of(run.Users), row.Method, name, CsvText.Rate(row.CurrentRps),
        CsvText.Rate(row.CurrentFailuresPerSecond), .. Percentiles.Of(percentiles), CsvText.Of(row.Requests), CsvText.Of(row.Failures),
        CsvText.Of(row.All.MedianMs), CsvText.Of(row.All.AverageMs), CsvText.Of(row.All.MinMs), CsvText.Of(row.All.MaxMs),
        CsvText.Of(row.AverageContentLength),
    ]);
}
