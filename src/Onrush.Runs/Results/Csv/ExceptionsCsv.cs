using System.Text;

namespace Onrush.Runs.Results.Csv;

/// <summary>PREFIX_exceptions.csv: a row per exception of user code. Columns are Locust's.</summary>
internal static class ExceptionsCsv
{
    public static string Of(RunSnapshot run)
    {
        var text = new StringBuilder().Line("Count", "Message", "Traceback", "Nodes");
        foreach (var row in run.Exceptions)
            text.Line(CsvText.Of(row.Count), $"{row.Type}: {row.Message}", row.StackTrace, string.Join(", ", row.Workers));
        return text.ToString();
    }
}
