using System.Text.Json;
using Onrush.Outputs.Tests.Pipeline;

namespace Onrush.Outputs.Tests.Faults;

/// <summary>A thousand awkward names arrive as they are. InfluxDB, Prometheus and CloudWatch have this on the real thing, OTLP and StatsD beside their own tests.</summary>
public sealed class NameTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onrush-names");

    private static IEnumerable<string> Names => Enumerable.Range(0, 1000).Select(i => $"쿠폰 \"{i}\", a=b|c:d #{i}\\");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Json_has_every_name_as_it_is() => (await PlayAsync("json"))
        .Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.GetProperty("type").GetString() == "requests")
        .Select(line => line.GetProperty("name").GetString()!).ShouldBe(Names, ignoreOrder: true);

    [Fact]
    public async Task Csv_has_every_name_as_it_is()
    {
        var lines = await PlayAsync("csv");
        // Every cell with a comma or a quote is quoted, and quotes in it are doubled.
        lines.Skip(1).Select(line => line[(line.IndexOf(",GET,\"", StringComparison.Ordinal) + 6)..line.LastIndexOf("\",", StringComparison.Ordinal)].Replace("\"\"", "\"", StringComparison.Ordinal))
            .ShouldBe(Names, ignoreOrder: true);
    }

    private async Task<string[]> PlayAsync(string type)
    {
        var run = new PlayedRun();
        var context = new OutputContext { RunId = "r", LoadTest = "t", Directory = _folder.FullName, Console = TextWriter.Null, Warn = _ => { } };
        await using var set = await OutputSet.OpenAsync([OutputSpec.Parse($"{type}=a.txt")], context);
        set.Follow(run);
        run.Play(new Steps().Next(0, worker =>
        {
            foreach (var name in Names)
                worker.Requests(1, name: name);
        }));
        await set.DrainAsync(TimeSpan.FromMinutes(1), null, TestContext.Current.CancellationToken);
        set.Ledgers.Single().IsComplete.ShouldBeTrue(set.Ledgers.Single().Text);
        return await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "a.txt"), TestContext.Current.CancellationToken);
    }
}
