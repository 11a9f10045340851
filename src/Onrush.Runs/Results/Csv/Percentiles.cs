namespace Onrush.Runs.Results.Csv;

/// <summary>The percentile columns of Locust's files.</summary>
internal static class Percentiles
{
    /// <summary>Names of the columns.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["50%", "66%", "75%", "80%", "90%", "95%", "98%", "99%", "99.9%", "99.99%", "100%"];

    /// <summary>The values in milliseconds; N/A where there is no request.</summary>
    public static IEnumerable<string> Of(ResponseTimes times) =>
        times.Count == 0 ? Columns.Select(_ => "N/A") : times.Percentiles.Select(CsvText.Of);
}
