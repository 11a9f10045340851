using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Verdicts;

/// <summary>The result files of the real command agree with what the target counted.</summary>
public sealed class ResultFileTests : RunFixture
{
    [Fact]
    public async Task Every_file_tells_the_same()
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(
            LoadTests.Hello, server.Url, "-u", "3", "-r", "3", "-t", "3s",
            "--csv", "out/run", "--csv-full-history", "--json-file", "run.json", "--junit", "junit.xml", "--markdown", "run.md");

        run.ExitCode.ShouldBe(0, run.Everything);
        long counted = server.Counts.Received;
        Text("run.json", json => JsonDocument.Parse(json).RootElement.GetProperty("aggregated").GetProperty("requests").GetInt64()).ShouldBe(counted);
        Text("out/run_stats.csv", csv => Column(csv, "Request Count")[^1]).ShouldBe(counted);
        Text("out/run_stats_history.csv", csv => Column(csv, "Total Request Count")[^1]).ShouldBe(counted);
        // Each second has the row of the only endpoint and the sum.
        Text("out/run_stats_history.csv", csv => Column(csv, "Total Request Count").Length).ShouldBeGreaterThanOrEqualTo(6);
        Text("junit.xml", xml => XDocument.Parse(xml).Root!.Attribute("failures")!.Value).ShouldBe("0");
        Text("run.md", text => text).ShouldContain($"| **Aggregated** | {counted.ToString("#,0", CultureInfo.InvariantCulture)} | 0 |");
    }

    private T Text<T>(string name, Func<string, T> read) => read(File.ReadAllText(Path.Combine(Folder.Path, name)));

    // No name or text of this load test has a comma in it.
    private static long[] Column(string csv, string name)
    {
        string[][] lines = [.. csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(','))];
        int column = Array.IndexOf(lines[0], name);
        return [.. lines.Skip(1).Select(l => long.Parse(l[column], CultureInfo.InvariantCulture))];
    }
}
