using System.Text;

namespace Onrush.Cli.Scripts;

/// <summary>A #: line at the top of a file.</summary>
/// <param name="Kind">package, project, sdk, property ...</param>
/// <param name="Value">What follows.</param>
internal sealed record ScriptDirective(string Kind, string Value)
{
    /// <summary>
    /// True when only the SDK can do what the line asks for. A reference to Onrush itself is for running the same file by
    /// dotnet run; here it is there anyway.
    /// </summary>
    public bool NeedsSdk => Kind switch
    {
        "package" => !IsOnrush(Value.Split('@')[0].Trim()),
        "project" => !IsOnrush(NameOfProject(Value.Replace('\\', '/').TrimEnd('/'))),
        "property" => false,
        _ => true,
    };

    private static string NameOfProject(string path) =>
        path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(path) : Path.GetFileName(path);

    private static bool IsOnrush(string name) =>
        string.Equals(name, "Onrush", StringComparison.OrdinalIgnoreCase) || string.Equals(name, "Onrush.Cli", StringComparison.OrdinalIgnoreCase);
}

/// <summary>One C# file of a load test.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Directives">Its #: lines.</param>
internal sealed record ScriptFile(string Path, byte[] Content, IReadOnlyList<ScriptDirective> Directives)
{
    /// <exception cref="ScriptException">The file cannot be read.</exception>
    public static ScriptFile Read(string path)
    {
        try
        {
            byte[] content = File.ReadAllBytes(path);
            return new ScriptFile(path, content, FindDirectives(Encoding.UTF8.GetString(content)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScriptException($"{path}: cannot be read: {e.Message}");
        }
    }

    // They stand before the first code; a text that merely looks like one may come later.
    private static List<ScriptDirective> FindDirectives(string text)
    {
        List<ScriptDirective> directives = [];
        bool inComment = false;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.Trim().TrimStart('\uFEFF');
            if (inComment)
            {
                inComment = !line.Contains("*/", StringComparison.Ordinal);
                continue;
            }

            if (line.StartsWith("/*"))
            {
                inComment = !line.Contains("*/", StringComparison.Ordinal);
                continue;
            }

            if (line.IsEmpty || line.StartsWith("//"))
                continue;
            if (!line.StartsWith("#"))
                break;
            if (line.StartsWith("#:"))
            {
                int blank = line.IndexOfAny(' ', '\t');
                directives.Add(blank < 0
                    ? new ScriptDirective(line[2..].ToString(), "")
                    : new ScriptDirective(line[2..blank].ToString(), line[blank..].Trim().ToString()));
            }
        }

        return directives;
    }
}
