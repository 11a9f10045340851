using System.Diagnostics;

namespace Onrush.Testing.Targets.Postgres;

/// <summary>The programs of PostgreSQL on this machine, and how they are started: they refuse to run as root.</summary>
internal static class PostgresPrograms
{
    /// <summary>What a test says when it is skipped; null when PostgreSQL is there.</summary>
    public static string? Missing { get; } = Folder() is null ? "PostgreSQL is not installed (Debian package postgresql; eng/test installs it as root)" : null;

    /// <summary>A program that was told what to do, but not started.</summary>
    public static ProcessStartInfo Start(string program, params IEnumerable<string> arguments)
    {
        var path = Path.Combine(Folder() ?? throw new InvalidOperationException(Missing), program);
        return Environment.UserName == "root"
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
    }

    /// <summary>Makes a folder for the server's own user.</summary>
    public static string MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("onrush-postgres-").FullName;
        if (Environment.UserName == "root")
            Run(new ProcessStartInfo("chown", ["postgres:postgres", folder]));
        return folder;
    }

    /// <summary>Runs a program to its end.</summary>
    public static void Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}:\n{errors.Result}");
    }

    // Debian keeps them apart by version, off the path.
    private static string? Folder()
    {
        const string debian = "/usr/lib/postgresql";
        IEnumerable<string> versions = Directory.Exists(debian)
            ? Directory.GetDirectories(debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var v) ? v : 0)
            : [];
        return versions.Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }
}
