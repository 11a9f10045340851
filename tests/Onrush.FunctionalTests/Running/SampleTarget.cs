namespace Onrush.FunctionalTests.Running;

/// <summary>Starts the systems under test of samples/targets, as they were built with these tests.</summary>
internal static class SampleTarget
{
    /// <summary>Starts one; its first line is its address.</summary>
    /// <param name="project">Name of the project.</param>
    /// <param name="folder">Current folder of the process.</param>
    /// <param name="arguments">Its switches; a free port is added.</param>
    public static async Task<(RunningProgram Process, Uri Url)> StartAsync(string project, TemporaryFolder folder, params string[] arguments)
    {
        var built = Path.Combine(Repository.Root, "artifacts", "bin", project, Repository.Configuration, $"{project}.dll");
        File.Exists(built).ShouldBeTrue($"the target was not built: {built}");
        var process = RunningProgram.Start(Programs.Dotnet, [built, .. arguments, "--port", "0"], folder.Path);
        try
        {
            return (process, new Uri(await process.NextLineAsync(line => line.StartsWith("http://", StringComparison.Ordinal), $"{project} listens")));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }
}
