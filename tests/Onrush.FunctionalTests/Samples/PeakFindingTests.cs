using System.Text.Json;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Samples;

/// <summary>The study of the 8,192 connections in small: everybody calls once, and what is found out is the limit, not the failures that follow from it.</summary>
public sealed class PeakFindingTests : IDisposable
{
    private const string Peak = """
        using Onrush;

        public sealed class CouponUser : FastHttpUser
        {
            protected override double ConnectionTimeout => 3;
            protected override double NetworkTimeout => 9;

            [Task]
            public async Task Call()
            {
                await Client.PostAsync("/api/v1/coupons/call/1", headers: [new("X-USER-ID", $"{Number}")], name: "call coupon");
                await SleepAsync(15);
            }
        }

        public sealed class Peak : LoadTest
        {
            public override void Configure(LoadTestBuilder test) => test
                .Scenario<CouponUser>("peak", user => user.Call, Executor.PerUserIterations(users: 300, iterations: 1));
        }
        """;

    private readonly TemporaryFolder _folder = new();

    // With the studies: where the target is slow to accept 300 connections at once, its accept queue is full first, for a second, and the limit behind it is not seen.
    [Fact(Explicit = true)]
    public async Task Names_the_limit_on_connections()
    {
        var (target, url) = await SampleTarget.StartAsync("CouponService", _folder, "--store", "memory", "--max-connections", "200", "--accept-count", "20");
        await using var _ = target;
        var run = await OnrushCommand.RunAsync(
            _folder, ["-f", _folder.Write("peak.cs", Peak), "-H", url.AbsoluteUri.TrimEnd('/'), "--headless", "--json-file", "run.json"], limit: TimeSpan.FromMinutes(2));
        run.ExitCode.ShouldBe(1, run.Everything);
        (run.Console.Aggregated.Requests - run.Console.Aggregated.Failures).ShouldBe(200);

        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "run.json")));
        var findings = document.RootElement.GetProperty("findings").EnumerateArray().Where(one => one.GetProperty("id").GetString() != "generator-bound").ToList();
        findings.ShouldNotBeEmpty(run.Everything);
        findings[0].GetProperty("id").GetString().ShouldBe("connection-limit", document.RootElement.GetProperty("findings").ToString());
        findings[0].GetProperty("text").GetString()!.ShouldContain("Successes stop at 200 connections");
    }

    public void Dispose() => _folder.Dispose();
}
