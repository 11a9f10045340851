using System.Text.Json;
using System.Text.RegularExpressions;
using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Outputs;

/// <summary>The dashboards of deploy/grafana: there is no Grafana here, so what it would ask is asked of the real databases.</summary>
public sealed partial class GrafanaTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "grafana");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Dashboards => [.. Directory.GetFiles(Path.Combine(Folder, "dashboards")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void A_dashboard_is_whole(string file)
    {
        using var document = Read(file);
        var dashboard = document.RootElement;
        dashboard.GetProperty("uid").GetString().ShouldBe(Path.GetFileNameWithoutExtension(file));
        dashboard.GetRawText().ShouldNotContain("${DS_");
        var sources = SourceUid().Matches(File.ReadAllText(Path.Combine(Folder, "provisioning/datasources/onrush.yaml"))).Select(match => match.Groups[1].Value).ToArray();
        sources.ShouldBeUnique();
        SourceOfPanel().Matches(dashboard.GetRawText()).Select(match => match.Groups[1].Value).Distinct().ShouldBeSubsetOf(sources);
        var panels = dashboard.GetProperty("panels").EnumerateArray().ToArray();
        panels.Select(panel => panel.GetProperty("id").GetInt32()).ShouldBeUnique();
        HashSet<(int X, int Y)> taken = [];
        foreach (var panel in panels)
        {
            var place = panel.GetProperty("gridPos");
            int x = place.GetProperty("x").GetInt32(), y = place.GetProperty("y").GetInt32(), w = place.GetProperty("w").GetInt32(), h = place.GetProperty("h").GetInt32();
            (x + w).ShouldBeLessThanOrEqualTo(24);
            for (var i = 0; i < w * h; i++)
                taken.Add((x + i % w, y + i / w)).ShouldBeTrue($"{panel.GetProperty("title").GetString()} lies on another panel");
        }
    }

    [Fact]
    public async Task Every_question_of_every_dashboard_is_answered()
    {
        await using var influx = await InfluxServer.StartAsync();
        await using var prometheus = await PrometheusDatabase.StartAsync();
        await using var target = CountingServer.Start();
        var write = $"prometheus-rw={prometheus.Url}api/v1/write&period=1s";
        var run = await OutputRun.RunAsync(_folder, target, "--out", $"influxdb={influx.Url}load", "--out", write, "--out", write + "&names=locust", "-t", "6s");
        run.ExitCode.ShouldBe(0, run.Everything);
        List<string> silent = [];
        var asked = 0;
        foreach (string file in Directory.GetFiles(Path.Combine(Folder, "dashboards")))
        {
            using var document = Read(file);
            foreach (var panel in document.RootElement.GetProperty("panels").EnumerateArray().Where(panel => panel.TryGetProperty("targets", out _)))
            {
                foreach (var question in panel.GetProperty("targets").EnumerateArray())
                {
                    asked++;
                    var isInflux = question.TryGetProperty("query", out var text);
                    var filled = (isInflux ? text : question.GetProperty("expr")).GetString()!
                        .Replace("$timeFilter", "time > now() - 1h", StringComparison.Ordinal).Replace("$__interval", "1s", StringComparison.Ordinal)
                        .Replace("$__rate_interval", "5s", StringComparison.Ordinal).Replace("$run", ".*", StringComparison.Ordinal).Replace("$name", ".*", StringComparison.Ordinal);
                    Unfilled().IsMatch(filled).ShouldBeFalse(filled);
                    if (!(isInflux ? (await influx.QueryAsync(filled)).Count > 0 : await prometheus.HasDataAsync(filled)))
                        silent.Add($"{Path.GetFileName(file)}, {panel.GetProperty("title").GetString()}: {filled}");
                }
            }
        }

        asked.ShouldBeGreaterThan(60);
        silent.ShouldBeEmpty();
    }

    private static JsonDocument Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "dashboards", Path.GetFileName(file))));

    [GeneratedRegex(@"\$[A-Za-z_{]")]
    private static partial Regex Unfilled();

    [GeneratedRegex(@"^\s+uid: (\S+)", RegexOptions.Multiline)]
    private static partial Regex SourceUid();

    [GeneratedRegex("\"datasource\":\\s*\\{\\s*\"type\":\\s*\"\\w+\",\\s*\"uid\":\\s*\"([^\"]+)\"")]
    private static partial Regex SourceOfPanel();
}
