using System.Diagnostics;

namespace Studies.Running;

/// <summary>The onrush command, headless.</summary>
internal static class OnrushProcess
{
    // Written to where nobody reads them until it is over; both streams are read, or the command would stand still when one is full.
    public static async Task<RunResult> RunAsync(string loadTest, string resultFile, string folder, IReadOnlyList<string> options)
    {
        var start = new ProcessStartInfo(Repository.Built("Onrush.Cli"), ["-f", loadTest, "--headless", "--json-file", resultFile, "--no-journal", .. options])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (!File.Exists(resultFile))
            throw new StudyException($"onrush ended with {process.ExitCode} and left no results:\n{await output}\n{await errors}");
        return RunResult.Read(await File.ReadAllTextAsync(resultFile), process.ExitCode);
    }
}
