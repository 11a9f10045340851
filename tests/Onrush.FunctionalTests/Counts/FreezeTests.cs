using System.Diagnostics;
using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;

namespace Onrush.FunctionalTests.Counts;

/// <summary>A target that stands still is seen at once, and the figures keep telling the truth about it afterwards.</summary>
public sealed class FreezeTests : RunFixture
{
    private const double RunSeconds = 20;

    [Fact]
    public async Task A_frozen_target_shows_no_requests_and_older_and_older_ones_in_flight()
    {
        await using var nginx = await NginxServer.StartAsync();
        await using var running = OnrushCommand.Start(
            Folder, Arguments(LoadTests.TenPerSecond, nginx.Url, "-u", "20", "-r", "20", "-t", "20s", "-s", "10"));
        await running.NextLineAsync(line => LiveRow.Parse(line) is { Users: 20, RequestsPerSecond: > 150 }, "200 requests per second");

        nginx.Freeze();
        var frozenAt = Stopwatch.GetTimestamp();
        // The first line may still tell of a second that was partly good; two more must come while the target stands still.
        await running.NextLineAsync(line => LiveRow.Parse(line) is { RequestsPerSecond: 0 }, "0 requests per second", TimeSpan.FromSeconds(4.5));
        var first = LiveRow.Parse(await running.NextLineAsync(line => LiveRow.Parse(line) is not null, "a second line"))!;
        var second = LiveRow.Parse(await running.NextLineAsync(line => LiveRow.Parse(line) is not null, "a third line"))!;
        nginx.Thaw();
        var frozen = Stopwatch.GetElapsedTime(frozenAt).TotalSeconds;

        first.RequestsPerSecond.ShouldBe(0);
        second.RequestsPerSecond.ShouldBe(0);
        first.InFlight.ShouldBe(20);
        second.InFlight.ShouldBe(20);
        second.OldestSeconds.ShouldBeGreaterThan(first.OldestSeconds + 0.5);

        (await running.ExitAsync()).ShouldBe(0, running.Output);
        var console = ConsoleOutput.Parse(running.Output);
        console.Aggregated.Requests.ShouldBe(await nginx.RequestsAsync());
        // Starts were due evenly all the time. Those due within the freeze waited for its end, so the longest-waiting hundredth of all
        // has waited at least this long.
        var expected = (frozen - 0.01 * RunSeconds) * 1000;
        console.FromDue("99%").ShouldBeInRange(expected * 0.95, expected * 1.05, running.Output);
    }
}
