using System.Text;

namespace Onrush.Runs.Results.Csv;

/// <summary>PREFIX_failures.csv: a row per series and error text. Columns are Locust's.</summary>
internal static class FailuresCsv
{
    public static string Of(RunSnapshot run)
    {
        var labels = new SeriesLabels(run);
        var text = new StringBuilder().Line("Method", "Name", "Error", "Occurrences", "First Seen", "Last Seen");
        foreach (var row in run.Failures)
            text.Line(row.Method, labels.Of(row), row.Message, CsvText.Of(row.Occurrences), CsvText.Of(row.FirstSeen), CsvText.Of(row.LastSeen));
        return text.ToString();
    }
}
