namespace Onrush.Bench;

/// <summary>Where the benchmark was built from.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    /// <exception cref="BenchException">The program does not lie in a clone.</exception>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Onrush.slnx")))
                return folder.FullName;
        }
        throw new BenchException("the benchmark runs from its clone only; use bench/run");
    }
}
