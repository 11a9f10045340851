namespace Studies.Running;

/// <summary>Where things are, seen from the program in artifacts/bin/Studies/CONFIGURATION.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The program of a project that was built beside this one.</summary>
    public static string Built(string project)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;
        var file = Path.Combine(Root, "artifacts", "bin", project, configuration, OperatingSystem.IsWindows() ? $"{project}.exe" : project);
        return File.Exists(file) ? file : throw new StudyException($"{project} was not built: {file}");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Onrush.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new StudyException($"no Onrush.slnx above {AppContext.BaseDirectory}");
    }
}
