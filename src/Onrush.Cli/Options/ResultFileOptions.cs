namespace Onrush.Cli.Options;

/// <summary>Options that name files with results.</summary>
internal static class ResultFileOptions
{
    private const string Results = "Result files";

    public static readonly CommandOption<string> Csv = new("csv", ValueReader.Text)
    {
        Group = Results, Argument = "PREFIX",
        Help = "Write Locust's four CSV files PREFIX_stats, _stats_history, _failures and _exceptions.csv, up to date every second.",
    };

    public static readonly CommandOption<bool> CsvFullHistory = new("csv-full-history", ValueReader.Flag)
    {
        Arity = OptionArity.Flag, Group = Results,
        Help = "A row per endpoint and second in PREFIX_stats_history.csv, not only the aggregated one.",
    };

    public static readonly CommandOption<string> JsonFile = new("json-file", ValueReader.Text)
    {
        Group = Results, Argument = "FILE",
        Help = "Write the whole result as JSON.",
    };

    public static readonly CommandOption<string> JUnit = new("junit", ValueReader.Text)
    {
        Group = Results, Argument = "FILE",
        Help = "Write JUnit XML for a CI system.",
    };

    public static readonly CommandOption<string> MarkdownFile = new("markdown", ValueReader.Text)
    {
        Group = Results, Argument = "FILE",
        Help = "Write a summary in Markdown; where GITHUB_STEP_SUMMARY is set, it is added there in any case.",
    };

    public static readonly CommandOption<string> RequestLog = new("request-log", ValueReader.Text)
    {
        Group = Results, Argument = "FILE",
        Help = "Write every request in the CSV format of JMeter (JTL): packed with gzip unless FILE ends in .jtl or .csv; a new file every 512 MiB.",
    };

    /// <summary>Those that are made of what is kept of a run.</summary>
    public static IReadOnlyList<CommandOption> OfKept { get; } = [Csv, CsvFullHistory, JsonFile, JUnit, MarkdownFile];

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<CommandOption> All { get; } = [.. OfKept, RequestLog];
}
