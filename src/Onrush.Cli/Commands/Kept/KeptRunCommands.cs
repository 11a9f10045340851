namespace Onrush.Cli.Commands.Kept;

/// <summary>The commands on runs that were kept.</summary>
internal static class KeptRunCommands
{
    /// <summary>Names of all of them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["runs", "report", "replay", "export", "compare", "baseline", "dashboard"];

    /// <summary>The command of a name; null when there is none.</summary>
    public static KeptRunCommand? Find(string name) => name switch
    {
        "runs" => new RunsCommand(),
        "report" => new ReportCommand(),
        "replay" => new ReplayCommand(),
        "export" => new ExportCommand(),
        "compare" => new CompareCommand(),
        "baseline" => new BaselineCommand(),
        "dashboard" => new DashboardCommand(),
        _ => null,
    };
}
