using System.ComponentModel;
using System.Diagnostics;

namespace Onrush.Cli.Scripts;

/// <summary>What a program wrote and how it ended.</summary>
internal sealed record ProgramResult(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors);

/// <summary>Runs other programs to their end.</summary>
internal static class ProgramRun
{
    /// <summary>The dotnet program: the one that runs us, else the one that is installed.</summary>
    public static string Dotnet
    {
        get
        {
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
                return Environment.ProcessPath!;
            // <root>/shared/Microsoft.NETCore.App/<version>/System.Private.CoreLib.dll
            string? root = Path.GetDirectoryName(typeof(object).Assembly.Location);
            for (int i = 0; i < 3; i++)
                root = Path.GetDirectoryName(root);
            string program = Path.Combine(root ?? "", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
            return File.Exists(program) ? program : "dotnet";
        }
    }

    /// <exception cref="ScriptException">The program cannot be started.</exception>
    public static ProgramResult Run(
        string program, IReadOnlyList<string> args, string directory, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(program, args)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new ProgramResult(process.ExitCode, Lines(output), Lines(errors.GetAwaiter().GetResult()));
        }
        catch (Win32Exception e)
        {
            throw new ScriptException($"'{program}' cannot be started: {e.Message}");
        }
    }

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
