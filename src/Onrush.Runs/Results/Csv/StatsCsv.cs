using System.Text;

namespace Onrush.Runs.Results.Csv;

/// <summary>PREFIX_stats.csv: a row per series and the sum of all. Columns and order are Locust's.</summary>
internal static class StatsCsv
{
    private static readonly string[] Columns =
    [
        "Type", "Name", "Request Count", "Failure Count", "Median Response Time", "Average Response Time", "Min Response Time",
        "Max Response Time", "Average Content Size", "Requests/s", "Failures/s", .. Percentiles.Columns,
    ];

    public static string Of(RunSnapshot run)
    {
        var labels = new SeriesLabels(run);
        var text = new StringBuilder().Line(Columns);
        foreach (var row in run.Series)
            Row(text, row, labels.Of(row));
        Row(text, run.Aggregated, run.Aggregated.Name);
        return text.ToString();
    }

    private static void Row(StringBuilder text, SeriesRow row, string name) => text.Line(
    [
        row.Method, name, CsvText.Of(row.Requests), CsvText.Of(row.Failures), CsvText.Of(row.All.MedianMs), CsvText.Of(row.All.AverageMs),
        CsvText.Of(row.All.MinMs), CsvText.Of(row.All.MaxMs), CsvText.Of(row.AverageContentLength), CsvText.Rate(row.TotalRps),
        CsvText.Rate(row.TotalFailuresPerSecond), .. Percentiles.Of(row.All),
    ]);
}
