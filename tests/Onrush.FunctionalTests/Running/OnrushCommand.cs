namespace Onrush.FunctionalTests.Running;

/// <summary>Starts the real command, as it was built with these tests, or as ONRUSH_TEST_COMMAND names it.</summary>
internal static class OnrushCommand
{
    // One cache of compiled load tests for all tests of this process, apart from the one of the person at the machine.
    private static readonly TemporaryFolder Cache = MakeCache();

    /// <summary>Starts <c>onrush ARGUMENTS</c>.</summary>
    /// <param name="folder">Current folder of the command: where it looks for onrush.toml and the load test.</param>
    /// <param name="arguments">What stands behind the command's name.</param>
    /// <param name="environment">Variables on top of the usual ones; the ONRUSH_ variables of the caller do not reach the command.</param>
    /// <param name="network">The network it is in; null for that of this machine.</param>
    public static RunningProgram Start(
        TemporaryFolder folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, NetworkNamespace? network = null)
    {
        var variables = new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
        {
            ["ONRUSH_CACHE"] = Cache.Path,
            ["DOTNET_ROOT"] = Path.GetDirectoryName(Programs.Dotnet)!,
        };
        string[] line = [.. network is null ? (string[])[] : ["ip", "netns", "exec", network.Name], .. Program(), .. arguments];
        return RunningProgram.Start(line[0], line[1..], folder.Path, variables);
    }

    /// <summary>Starts the command and waits for its end.</summary>
    public static async Task<Finished> RunAsync(
        TemporaryFolder folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, TimeSpan? limit = null)
    {
        await using var running = Start(folder, arguments, environment);
        var code = await running.ExitAsync(limit);
        return new Finished(code, running.Output, running.Errors, running.PeakMemory);
    }

    // eng/test has the tests start what ./onrush starts: the same sources, precompiled, which compiles a load test in half the time.
    private static string[] Program()
    {
        var other = Environment.GetEnvironmentVariable("ONRUSH_TEST_COMMAND");
        var built = other ?? Path.Combine(Repository.Root, "artifacts", "bin", "Onrush.Cli", Repository.Configuration, "Onrush.Cli.dll");
        File.Exists(built).ShouldBeTrue($"the command was not built: {built}");
        return other is null ? [Programs.Dotnet, built] : [other];
    }

    private static TemporaryFolder MakeCache()
    {
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder;
    }
}

/// <summary>What a command that has ended left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
/// <param name="PeakMemory">Largest resident memory in bytes.</param>
internal sealed record Finished(int ExitCode, string Output, string Errors, long PeakMemory)
{
    /// <summary>Both streams.</summary>
    public string Everything => Output + "\n" + Errors;

    /// <summary>The statistics that were printed.</summary>
    public ConsoleOutput Console => ConsoleOutput.Parse(Output);

    /// <summary>Fails when a stack trace was shown.</summary>
    public void ShouldShowNoStackTrace()
    {
        Everything.ShouldNotContain("\n   at ");
        Everything.ShouldNotContain("Unhandled exception");
    }
}
