using System.Text.Json;
using Onrush.FunctionalTests.Docs;
using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Outputs;

/// <summary>The target's own figures beside the run's: from real processes and a real Prometheus, in every place where a run is shown.</summary>
public sealed class TargetMetricsTests : RunFixture
{
    [Fact]
    public async Task The_command_of_the_guide_reads_a_process_and_a_document()
    {
        await using var server = CountingServer.Start();
        await using var stats = JsonServer.Start("""{"connections":{"active":17}}""");
        Folder.Write("loadtest.cs", LoadTests.Hello);
        // The target of the example is here the process of this test.
        string[] arguments = [.. Shell.Words(DocPages.Blocks("docs/guide/target-metrics.md")[0].Text).Skip(1).Select(word => word
            .Replace("process=nginx", $"process={Environment.ProcessId}&period=1s", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8080/stats", $"{stats.Url}stats", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8080", server.Url.ToString(), StringComparison.Ordinal))];
        var run = await OnrushCommand.RunAsync(Folder, [.. arguments, "--json-file", "run.json", "--html", "report.html"]);
        run.ExitCode.ShouldBe(0, run.Everything);
        run.Output.ShouldContain("\nTarget\n");
        run.Output.ShouldContain($"process {Environment.ProcessId} CPU");
        run.Output.ShouldContain("connections");

        var targets = Targets("run.json");
        targets.Select(target => target.Name).ShouldBe([$"process {Environment.ProcessId} CPU", $"process {Environment.ProcessId} memory", $"process {Environment.ProcessId} threads", "connections"], ignoreOrder: true);
        targets.Single(target => target.Name == "connections").ShouldSatisfyAllConditions(row => row.Average.ShouldBe(17), row => row.Unit.ShouldBe(""));
        targets.Single(target => target.Name.EndsWith("memory", StringComparison.Ordinal)).Average.ShouldBeGreaterThan(1_000_000);
        targets.Single(target => target.Name.EndsWith("CPU", StringComparison.Ordinal)).ShouldSatisfyAllConditions(row => row.Unit.ShouldBe("%"), row => row.Points.ShouldBeGreaterThan(1));
        if (Dashboard.ReportFile.CanBeMade)
            File.ReadAllText(Path.Combine(Folder.Path, "report.html")).ShouldContain("\"name\":\"connections\"");

        // The journal has them: a report and a replay show the same, and so does a document that is made from it.
        var report = await OnrushCommand.RunAsync(Folder, ["report", "latest"]);
        run.Output.ShouldEndWith(report.Output);
        (await OnrushCommand.RunAsync(Folder, ["replay", "latest", "--speed", "max"])).Output.ShouldBe(run.Output);
        (await OnrushCommand.RunAsync(Folder, ["export", "latest", "--json-file", "again.json"])).ExitCode.ShouldBe(0);
        Targets("again.json").ShouldBe(targets);
    }

    [Fact]
    public async Task A_query_is_asked_of_a_real_Prometheus()
    {
        await using var prometheus = await PrometheusServer.StartAsync();
        await using var server = CountingServer.Start();
        var run = await RunAsync(
            LoadTests.Hello, server.Url, "-u", "2", "-r", "10", "-t", "4s", "--json-file", "run.json",
            "--watch", $"prometheus={prometheus.Url}&query=rate(process_cpu_seconds_total[1m])&name=CPU 사용률&period=1s&unit=cores",
            "--watch", $"prometheus={prometheus.Url}&query=vector(42)&name=answer&period=1s",
            "--watch", $"prometheus={prometheus.Url}&query=up{{&period=1s");
        run.ExitCode.ShouldBe(0, run.Everything);
        var targets = Targets("run.json");
        targets.Select(target => target.Name).Count(name => name.StartsWith("CPU 사용률{instance=\"127.0.0.1:", StringComparison.Ordinal)).ShouldBe(1);
        targets.Single(target => target.Name == "answer").Average.ShouldBe(42);
        targets.Single(target => target.Unit == "cores").Average.ShouldBeInRange(0.000001, 64);
        // A query that is wrong is told once, in the words of the server.
        run.Errors.Split('\n').Count(line => line.Contains("Watching prometheus up{ failed: 400", StringComparison.Ordinal)).ShouldBe(1, run.Errors);
        run.Errors.ShouldContain("parse error");
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_once_and_the_run_goes_on()
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(
            LoadTests.Hello, server.Url, "-u", "2", "-r", "10", "-t", "4s", "--watch", "http=http://127.0.0.1:9/x&period=1s&name=a", "--watch", "process=2147483646&period=1s");
        run.ExitCode.ShouldBe(0, run.Everything);
        run.Errors.Split('\n').Count(line => line.Contains("Watching ", StringComparison.Ordinal)).ShouldBe(2, run.Errors);
        run.Errors.ShouldContain("Watching process 2147483646 failed: there is no process 2147483646.");
        run.Output.ShouldNotContain("\nTarget\n");
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_before_the_run()
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(LoadTests.Hello, server.Url, "-t", "1s", "--watch", "prometheus=http://127.0.0.1:9090&qeury=up");
        run.ExitCode.ShouldBe(104);
        run.Errors.ShouldContain("--watch: unknown option 'qeury' of prometheus; did you mean query?");
        server.Counts.Answered.ShouldBe(0);
    }

    private List<Target> Targets(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder.Path, file)));
        return [.. document.RootElement.GetProperty("targets").EnumerateArray().Select(row => new Target(
            row.GetProperty("name").GetString()!, row.GetProperty("unit").GetString()!, row.GetProperty("average").GetDouble(), row.GetProperty("points").GetArrayLength()))];
    }

    private sealed record Target(string Name, string Unit, double Average, int Points);
}
