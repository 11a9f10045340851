namespace Onrush.Cli.Options;

/// <summary>One line of a configuration file.</summary>
/// <param name="File">Name of the file for messages.</param>
/// <param name="Key">Option name with dashes.</param>
/// <param name="Values">What stands to the right of the sign; several for an array.</param>
/// <param name="Line">Line number, from 1.</param>
internal sealed record ConfigEntry(string File, string Key, IReadOnlyList<string> Values, int Line);

/// <summary>
/// Reads configuration files. One grammar for both kinds:
/// <code>
/// file   = { [ "[onrush]" ] | key "=" value | comment }
/// key    = letters, digits, "-" and "_" (which are the same)
/// value  = "basic\n" | 'literal' | [ value, ... ] | bare text
/// </code>
/// Comments begin with # (in .conf also with ;). In .toml bare text has to be a number, true or false; an array may span lines.
/// </summary>
internal static class ConfigFile
{
    /// <param name="name">Name of the file for messages; .toml at its end makes the reading strict.</param>
    /// <param name="text">The contents.</param>
    /// <exception cref="OptionException">A line is not understood: <c>file(line): message</c>.</exception>
    public static IReadOnlyList<ConfigEntry> Parse(string name, string text)
    {
        var scanner = new ConfigScanner(name, text, strict: name.EndsWith(".toml", StringComparison.OrdinalIgnoreCase));
        List<ConfigEntry> entries = [];
        while (scanner.NextLine())
        {
            int line = scanner.Line;
            if (scanner.TryTable(out string? table))
            {
                if (table != "onrush")
                    throw scanner.Error($"[{table}] is not known; the only table is [onrush]");
                scanner.EndOfLine();
                continue;
            }

            string key = scanner.Key();
            foreach (ConfigEntry entry in entries)
                if (entry.Key == key)
                    throw scanner.Error($"'{key}' is given a second time, first in line {entry.Line}");
            IReadOnlyList<string> values = scanner.Values();
            entries.Add(new ConfigEntry(name, key, values, line));
        }

        return entries;
    }
}
