using System.IO.Compression;
using System.Text;
using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Packaging;

/// <summary>The packages as a stranger gets them: made, installed into an empty folder without the repository, and used.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_tool_runs_a_load_test_where_nothing_else_of_ours_is()
    {
        var packages = Path.Combine(_folder.Path, "packages");
        await DotnetAsync(Repository.Root, "pack", "src/Onrush.Cli", "-c", Repository.Configuration, "--no-build", "-o", packages);
        var version = Directory.GetFiles(packages, "Onrush.Tool.*.nupkg").Select(Path.GetFileNameWithoutExtension).Single()!["Onrush.Tool.".Length..];
        Directory.GetFiles(packages, "Onrush.Cli.*.snupkg").Length.ShouldBe(1, "the symbols");
        ShouldTellOfItself(Path.Combine(packages, $"Onrush.Cli.{version}.nupkg"), "lib/net10.0/Onrush.Cli.dll");
        ShouldTellOfItself(Path.Combine(packages, $"Onrush.Tool.{version}.nupkg"), "tools/net10.0/any/Onrush.Cli.dll");

        // Only the folder: nothing can come from elsewhere.
        _folder.Write("nuget.config", """<configuration><packageSources><clear /><add key="here" value="packages" /></packageSources></configuration>""");
        await DotnetAsync(_folder.Path, "tool", "install", "Onrush.Tool", "--version", version, "--tool-path", "tools", "--configfile", Path.Combine(_folder.Path, "nuget.config"));
        var tool = Path.Combine(_folder.Path, "tools", "onrush");

        (await ToolAsync(tool, "--version")).Output.ShouldBe($"onrush {version}");
        (await ToolAsync(tool, "new")).ExitCode.ShouldBe(0);
        await using var server = CountingServer.Start();
        var run = await ToolAsync(tool, "-H", server.Url.AbsoluteUri.TrimEnd('/'), "--headless", "-u", "5", "-r", "100", "-t", "3s");
        run.ExitCode.ShouldBe(0, run.Everything);
        run.Console.Aggregated.Requests.ShouldBe(server.Counts.Paths.Sum(path => server.Counts[path].Received));
        run.Console.Aggregated.Requests.ShouldBeGreaterThan(5);
    }

    public void Dispose() => _folder.Dispose();

    private static void ShouldTellOfItself(string package, string holds)
    {
        using var zip = ZipFile.OpenRead(package);
        zip.Entries.Select(entry => entry.FullName).ShouldContain(holds);
        zip.GetEntry("package-readme.md").ShouldNotBeNull();
        var description = zip.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        using var reader = new StreamReader(description.Open(), Encoding.UTF8);
        var text = reader.ReadToEnd();
        text.ShouldContain("""<license type="expression">Apache-2.0</license>""");
        text.ShouldContain("<readme>package-readme.md</readme>");
    }

    private Task<Finished> ToolAsync(string tool, params string[] arguments) => RunAsync(tool, _folder.Path, arguments);

    private async Task DotnetAsync(string folder, params string[] arguments)
    {
        var done = await RunAsync(Programs.Dotnet, folder, arguments);
        done.ExitCode.ShouldBe(0, done.Everything);
    }

    private async Task<Finished> RunAsync(string program, string folder, string[] arguments)
    {
        // A home of its own: what an installation leaves there is not to stay.
        await using var running = RunningProgram.Start(program, arguments, folder, new Dictionary<string, string>
        {
            ["DOTNET_CLI_HOME"] = Path.Combine(_folder.Path, "home"),
            ["NUGET_PACKAGES"] = folder == _folder.Path ? Path.Combine(_folder.Path, "home", "packages") : Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
            ["ONRUSH_CACHE"] = Path.Combine(_folder.Path, "cache"),
            ["DOTNET_ROOT"] = Path.GetDirectoryName(Programs.Dotnet)!,
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        });
        return new Finished(await running.ExitAsync(Patience), running.Output, running.Errors, running.PeakMemory);
    }
}
