using System.Reflection;

namespace Onrush.Cli.Commands;

/// <summary>What surrounds the command: streams, folders, variables, the terminal. Tests bring their own.</summary>
internal sealed record CommandHost
{
    /// <summary>Where results go.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where errors and the log go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Folder that relative names start from.</summary>
    public required string Directory { get; init; }

    /// <summary>The user's own folder; null when there is none.</summary>
    public string? Home { get; init; }

    /// <summary>Environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>True when the output is a terminal that can be drawn on.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>True when somebody can press keys.</summary>
    public bool HasKeys { get; init; }

    /// <summary>Columns of the terminal; 0 when there is none.</summary>
    public int Width { get; init; }

    /// <summary>The load test, when the program that runs is one itself; null leaves it to -f.</summary>
    public Assembly? LoadTest { get; init; }

    /// <summary>The process as it was started.</summary>
    public static CommandHost OfProcess()
    {
        Dictionary<string, string> variables = [];
        foreach (System.Collections.DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        string? kind = variables.GetValueOrDefault("TERM");
        bool terminal = !Console.IsOutputRedirected && (OperatingSystem.IsWindows() || kind is not (null or "" or "dumb"));
        string home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        return new CommandHost
        {
            Output = Console.Out,
            Error = Console.Error,
            Directory = System.IO.Directory.GetCurrentDirectory(),
            Home = home.Length > 0 ? home : null,
            Environment = variables,
            IsTerminal = terminal,
            HasKeys = terminal && !Console.IsInputRedirected,
            Width = terminal ? TerminalWidth() : 0,
        };
    }

    private static int TerminalWidth()
    {
        try
        {
            return Math.Max(0, Console.WindowWidth);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
