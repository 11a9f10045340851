namespace Onrush.FunctionalTests.Running;

/// <summary>Finds programs that tests start.</summary>
internal static class Programs
{
    /// <summary>Full name of the program; skips the test with the reason when it is not installed.</summary>
    public static string FindOrSkip(string name, string package)
    {
        var folders = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':', StringSplitOptions.RemoveEmptyEntries);
        var found = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{name} is not installed (Debian package {package}; eng/test installs it as root)");
        return found!;
    }

    /// <summary>The dotnet that runs this test.</summary>
    public static string Dotnet { get; } = FindDotnet();

    private static string FindDotnet()
    {
        // The runtime lies in ROOT/shared/Microsoft.NETCore.App/VERSION.
        var root = new DirectoryInfo(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory()).Parent?.Parent?.Parent;
        return Path.Combine(root!.FullName, "dotnet");
    }
}
