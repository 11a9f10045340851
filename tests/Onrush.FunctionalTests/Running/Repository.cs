namespace Onrush.FunctionalTests.Running;

/// <summary>Where things are, seen from the test program in artifacts/bin/NAME/CONFIGURATION.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>release or debug: that of the test program.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Onrush.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"no Onrush.slnx above {AppContext.BaseDirectory}");
    }
}
