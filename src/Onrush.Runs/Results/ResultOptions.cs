namespace Onrush.Runs.Results;

/// <summary>Which files a run writes. Paths are absolute; null writes nothing.</summary>
internal sealed record ResultOptions
{
    /// <summary>Beginning of the names of Locust's four CSV files.</summary>
    public string? CsvPrefix { get; init; }

    /// <summary>Whether the history has a row per series and second, not only the aggregated one.</summary>
    public bool CsvFullHistory { get; init; }

    /// <summary>Our JSON document.</summary>
    public string? JsonFile { get; init; }

    /// <summary>JUnit XML.</summary>
    public string? JUnitFile { get; init; }

    /// <summary>Every request, one per line.</summary>
    public string? RequestLogFile { get; init; }

    /// <summary>A summary in Markdown.</summary>
    public string? MarkdownFile { get; init; }

    /// <summary>File that the Markdown summary is appended to, by the wish of the CI system.</summary>
    public string? StepSummaryFile { get; init; }
}
