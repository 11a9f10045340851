namespace Onrush.Cli.Scripts;

/// <summary>What -f names: C# files, a project, or an assembly that is compiled already. Paths are absolute.</summary>
/// <param name="Files">The C# files; empty for the other kinds.</param>
/// <param name="Project">The project file.</param>
/// <param name="Assembly">The compiled assembly.</param>
internal sealed record LoadTestSource(IReadOnlyList<string> Files, string? Project = null, string? Assembly = null)
{
    /// <summary>Finds out what the values of -f mean.</summary>
    /// <param name="values">File and folder names.</param>
    /// <param name="directory">Folder that relative names start from.</param>
    /// <param name="isDefault">True when nobody gave -f.</param>
    /// <exception cref="ScriptException">Nothing is there, or it is of no use.</exception>
    public static LoadTestSource Find(IReadOnlyList<string> values, string directory, bool isDefault)
    {
        if (values.Count == 0)
            throw new ScriptException("-f needs the name of a file");
        List<string> files = [];
        foreach (string value in values)
        {
            string path = Path.GetFullPath(value, directory);
            if (Directory.Exists(path))
            {
                files.AddRange(InFolder(path, value));
                continue;
            }

            if (!File.Exists(path))
                throw new ScriptException(isDefault
                    ? $"there is no {value} here; name a load test with -f, or write a first one with 'onrush new'"
                    : $"there is no file '{value}'");
            string extension = Path.GetExtension(path).ToLowerInvariant();
            if (extension is ".csproj" or ".dll")
                return values.Count == 1
                    ? new LoadTestSource([], extension == ".csproj" ? path : null, extension == ".dll" ? path : null)
                    : throw new ScriptException($"'{value}' is a {extension} file; it has to be the only one");
            if (extension != ".cs")
                throw new ScriptException($"'{value}' is not a .cs file, a folder, a .csproj or a .dll");
            files.Add(path);
        }

        return new LoadTestSource([.. files.Distinct(StringComparer.Ordinal)]);
    }

    private static string[] InFolder(string path, string shown)
    {
        string[] files = Directory.GetFiles(path, "*.cs");
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new ScriptException($"there are no .cs files in '{shown}'");
    }
}
