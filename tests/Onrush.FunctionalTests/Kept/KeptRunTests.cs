using System.Text.Json;
using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Kept;

/// <summary>What was kept of a run gives again what the run itself printed.</summary>
public sealed class KeptRunTests : RunFixture
{
    [Fact]
    public async Task A_run_can_be_listed_reported_and_replayed()
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(LoadTests.ThreePaths, server.Url, "-u", "5", "-r", "10", "-t", "5s", "-s", "5");
        run.ExitCode.ShouldBe(0, run.Everything);
        run.Errors.ShouldContain("keeping this run as ");

        var report = await OnrushCommand.RunAsync(Folder, ["report", "latest"]);
        report.ExitCode.ShouldBe(0, report.Everything);
        report.Errors.ShouldBeEmpty();
        report.Output.ShouldContain("PASSED: ");
        run.Output.ShouldEndWith(report.Output);

        var replay = await OnrushCommand.RunAsync(Folder, ["replay", "latest", "--speed", "max"]);
        replay.ExitCode.ShouldBe(0, replay.Everything);
        replay.Output.ShouldBe(run.Output);

        var list = await OnrushCommand.RunAsync(Folder, ["runs", "--json"]);
        var listed = JsonDocument.Parse(list.Output).RootElement[0];
        listed.GetProperty("state").GetString().ShouldBe("passed");
        listed.GetProperty("loadTest").GetString().ShouldBe("loadtest.cs");
        listed.GetProperty("requests").GetInt64().ShouldBe(run.Console.Aggregated.Requests);
        listed.GetProperty("users").GetInt32().ShouldBe(5);
        (await OnrushCommand.RunAsync(Folder, ["runs"])).Output.ShouldContain("PASSED: ");
    }

    [Fact]
    public async Task A_run_is_kept_where_it_is_wanted_as_long_as_it_is_wanted_and_only_if_it_is_wanted()
    {
        await using var server = CountingServer.Start();
        var none = await RunAsync(LoadTests.ThreePaths, server.Url, "-t", "1s", "--no-journal");
        none.ExitCode.ShouldBe(0, none.Everything);
        Directory.Exists(Path.Combine(Folder.Path, ".onrush")).ShouldBeFalse();

        Folder.Write("onrush.toml", "run-dir = \"kept\"\n");
        for (var i = 0; i < 3; i++)
            (await RunAsync(LoadTests.ThreePaths, server.Url, "-t", "1s", "--keep", "2", "--journal-sync", "second")).ExitCode.ShouldBe(0);
        Directory.GetDirectories(Path.Combine(Folder.Path, "kept")).Length.ShouldBe(2);
        var list = await OnrushCommand.RunAsync(Folder, ["runs", "--json"]);
        JsonDocument.Parse(list.Output).RootElement.GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData(104, "'onrush report' needs a run: 'latest', or an id that 'onrush runs' shows", "report")]
    [InlineData(104, "unknown option '--fast'", "replay", "latest", "--fast")]
    [InlineData(1, "there are no runs here; --run-dir or --store names another place", "report", "latest")]
    [InlineData(1, "run loadtest.cs: this is not a journal of onrush", "report", "loadtest.cs")]
    [InlineData(1, "run loadtest.cs: this is not a journal of onrush", "replay", "loadtest.cs")]
    public async Task What_cannot_be_done_is_one_line(int code, string message, params string[] arguments)
    {
        Folder.Write("loadtest.cs", LoadTests.Hello);
        var run = await OnrushCommand.RunAsync(Folder, arguments);
        run.ExitCode.ShouldBe(code, run.Everything);
        run.Errors.ShouldStartWith($"onrush: {message}");
        run.Errors.Trim().ShouldNotContain("\n");
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_to_is_told_before_the_run()
    {
        await using var server = CountingServer.Start();
        Folder.Write("file", "");
        var run = await RunAsync(LoadTests.ThreePaths, server.Url, "-t", "1s", "--run-dir", "file");
        run.ExitCode.ShouldBe(104, run.Everything);
        run.Errors.ShouldContain("--run-dir: file cannot be written to");
        server.Counts.Received.ShouldBe(0);
    }
}
