namespace Onrush.ArchitectureTests;

/// <summary>The files of the repository, without what is built or fetched.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = [".git", ".vs", ".vscode", ".idea", ".onrush", "artifacts", "bin", "obj", "node_modules", "dist"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file below a folder of the repository, as paths from the root with slashes.</summary>
    public static IEnumerable<string> Files(string folder = "", string pattern = "*") =>
        Walk(new DirectoryInfo(Path.Combine(Root, folder)), pattern).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order();

    /// <summary>The text of a file.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The lines of a C# file that are not comments, with their numbers from 1.</summary>
    public static IEnumerable<(int Number, string Text)> CodeLines(string path) => Read(path).Split('\n')
        .Select((text, index) => (Number: index + 1, Text: text))
        .Where(line => !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal));

    private static IEnumerable<string> Walk(DirectoryInfo folder, string pattern)
    {
        if (!folder.Exists)
            yield break;
        foreach (var file in folder.EnumerateFiles(pattern).Where(file => !NotOurs.Contains(file.Name)))
            yield return file.FullName;
        foreach (var inner in folder.EnumerateDirectories().Where(inner => inner.LinkTarget is null && !NotOurs.Contains(inner.Name)))
            foreach (var file in Walk(inner, pattern))
                yield return file;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Onrush.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"no Onrush.slnx above {AppContext.BaseDirectory}");
    }
}
