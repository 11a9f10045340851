using System.Diagnostics;

namespace Studies.Running;

/// <summary>The onrush command, headless.</summary>
internal static class OnrushProcess
{
    /// <summary>Carries out a run to its end.</summary>
    /// <param name="loadTest">File of the load test.</param>
    /// <param name="resultFile">Where its results are left.</param>
    /// <param name="folder">Current folder of the command.</param>
    /// <param name="options">Further options.</param>
    /// <param name="variables">Variables on top of the usual ones.</param>
    public static async Task<RunResult> RunAsync(
        string loadTest, string resultFile, string folder, IReadOnlyList<string> options, IReadOnlyDictionary<string, string>? variables = null)
    {
        var (code, output, errors) = await CommandAsync(["-f", loadTest, "--headless", "--json-file", resultFile, .. options], folder, variables);
        return File.Exists(resultFile)
            ? RunResult.Read(await File.ReadAllTextAsync(resultFile), code, errors)
            : throw new StudyException($"onrush ended with {code} and left no results:\n{output}\n{errors}");
    }

    /// <summary>Carries out a command to its end. Written to where nobody reads it until then; both streams are read, or it would stand still when one is full.</summary>
    public static async Task<(int Code, string Output, string Errors)> CommandAsync(IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(Repository.Built("Onrush.Cli"), arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
