using Onrush.Users;

namespace Onrush.Cli.Options;

/// <summary>
/// Where options come from, weakest first: ~/.onrush.conf, ./onrush.conf, ./onrush.toml, the file named by --config, the environment,
/// the command line. Asked twice: for the command's own options first, and once more when the load test has told its own.
/// </summary>
/// <param name="args">Arguments of the command.</param>
/// <param name="environment">Environment variables.</param>
/// <param name="home">Folder of ~/.onrush.conf; null when the user has none.</param>
/// <param name="directory">Folder of the other files.</param>
internal sealed class OptionSources(
    IReadOnlyList<string> args, IReadOnlyDictionary<string, string> environment, string? home, string directory)
{
    // What the command reads that is no option.
    private static readonly string[] OtherVariables = ["ONRUSH_CACHE"];

    private IReadOnlyList<ConfigEntry>? _entries;

    /// <summary>Reads the options.</summary>
    /// <param name="options">The options there are.</param>
    /// <param name="final">False while the load test's own options are not known: unknown names are then passed over.</param>
    /// <exception cref="OptionException">A name is unknown, a value is wrong, a file cannot be read.</exception>
    public OptionValues Resolve(IReadOnlyList<CommandOption> options, bool final)
    {
        IReadOnlyList<GivenValue> line = CommandLine.Parse(args, options, final);
        _entries ??= [.. Files(line).SelectMany(Read)];
        return new OptionValues(options, [.. FromFiles(options, final), .. FromEnvironment(options), .. line]);
    }

    /// <summary>ONRUSH_ variables that name no option, each with what may have been meant.</summary>
    public IEnumerable<string> UnknownVariables(IReadOnlyList<CommandOption> options)
    {
        HashSet<string> known = [.. options.Select(option => option.Environment).OfType<string>(), .. OtherVariables];
        foreach (string name in environment.Keys.Order(StringComparer.Ordinal))
            if (name.StartsWith("ONRUSH_", StringComparison.Ordinal) && !known.Contains(name))
                yield return $"environment variable {name} names no option{Suggestion.For(name, known)}";
    }

    private IEnumerable<string> Files(IReadOnlyList<GivenValue> line)
    {
        if (home is not null && Path.Combine(home, ".onrush.conf") is var ofUser && File.Exists(ofUser))
            yield return ofUser;
        foreach (string name in (string[])["onrush.conf", "onrush.toml"])
            if (Path.Combine(directory, name) is var file && File.Exists(file))
                yield return file;
        foreach (GivenValue value in line)
        {
            if (value.Name != OptionCatalog.Config.Name)
                continue;
            string file = Path.GetFullPath(value.Texts[^1], directory);
            yield return File.Exists(file) ? file : throw new OptionException($"--config: there is no file '{value.Texts[^1]}'");
        }
    }

    private IReadOnlyList<ConfigEntry> Read(string file)
    {
        string shown = Path.GetDirectoryName(file) == directory ? Path.GetFileName(file) : file, text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OptionException($"{shown}: cannot be read: {e.Message}");
        }

        return ConfigFile.Parse(shown, text);
    }

    private IEnumerable<GivenValue> FromFiles(IReadOnlyList<CommandOption> options, bool final)
    {
        foreach (ConfigEntry entry in _entries!)
        {
            string where = $"{entry.File}({entry.Line}): {entry.Key}";
            CommandOption? option = options.FirstOrDefault(option => option.Name == entry.Key);
            if (option is { CommandLineOnly: true })
                throw new OptionException($"{where}: this option is for the command line only");
            if (option is not null)
                yield return new GivenValue(entry.Key, entry.Values, where);
            else if (final)
                throw new OptionException(
                    $"{entry.File}({entry.Line}): unknown key '{entry.Key}'"
                    + Suggestion.For(entry.Key, options.Where(o => !o.CommandLineOnly).Select(o => o.Name)));
        }
    }

    private IEnumerable<GivenValue> FromEnvironment(IReadOnlyList<CommandOption> options)
    {
        foreach (CommandOption option in options)
            if (option.Environment is { } name && environment.TryGetValue(name, out string? text) && text.Length > 0)
                yield return new GivenValue(option.Name, [text], name);
    }
}
