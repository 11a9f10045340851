using System.Text.Json;
using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Outputs;

/// <summary>What an output in trouble costs the load: in one run the database is away and back again, every few seconds.</summary>
public sealed class FaultRateStudy : IDisposable
{
    private const int Turn = 6, Turns = 8;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)]
    public async Task Study_of_the_rate_while_an_output_is_away()
    {
        await using var influx = await InfluxServer.StartAsync();
        await using var target = CountingServer.Start();
        var file = _folder.Write("busy.cs", """
            public sealed class BusyUser : FastHttpUser
            {
                [Task] public async Task Hello() => await Client.GetAsync("/hello");
            }
            """);
        await using var run = OnrushCommand.Start(
            _folder,
            ["-f", file, "-H", target.Url.ToString(), "--headless", "-u", "20", "-r", "100", "-t", $"{Turn * Turns + 4}s", "--loops", "1", "--json-file", "run.json", "--out", $"influxdb={influx.Url}load&timeout=2s"]);
        await run.NextLineAsync(line => line.Contains("  users ", StringComparison.Ordinal), "the first line of the run", OutputRun.Patience);
        for (var turn = 0; turn < Turns; turn++)
        {
            if (turn % 2 == 1)
                await influx.KillAsync();
            else if (turn > 0)
                await influx.RestartAsync();
            await Task.Delay(TimeSpan.FromSeconds(Turn), TestContext.Current.CancellationToken);
        }

        await influx.RestartAsync();
        (await run.ExitAsync(OutputRun.Patience)).ShouldBe(0, run.Errors);
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder.Path, "run.json")));
        var seconds = document.RootElement.GetProperty("seconds").EnumerateArray().Select(second => second.GetProperty("requests").GetDouble()).ToArray();
        // The seconds in which it comes and goes belong to neither: starting a database takes the processor too.
        double Median(int parity) => seconds.Select((requests, second) => (requests, second)).Where(one => one.second / Turn % 2 == parity && one.second % Turn is > 2 and < Turn - 1 && one.second < Turn * Turns)
            .Select(one => one.requests).Order().ToArray() is var all ? all[all.Length / 2] : 0;
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"{Median(0):0} requests a second with the database, {Median(1):0} without: {Median(1) / Median(0):0.000}"));
        (await influx.NumberAsync("SELECT sum(count) FROM onrush_requests")).ShouldBe(target.Counts.Received);
        // Without it there is more of the machine for the load, so only less is of interest.
        (Median(1) / Median(0)).ShouldBeGreaterThan(0.98);
    }
}
