using System.Text.RegularExpressions;
using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Verdicts;

/// <summary>Checks, groups, tags and metrics of a load test, from its file to the tables of the command, on two loops.</summary>
public sealed class ChecksAndMetricsTests : RunFixture
{
    // Every user does the same ten iterations, and users that take turns are in different groups at any instant.
    private const string Reporting = """
        using Onrush;
        using Onrush.Measurement;

        public sealed class Reporter : FastHttpUser
        {
            private static readonly Counter Orders = new("orders_placed");
            private static readonly Gauge Level = new("level");
            private static readonly Rate Hits = new("cache_hits");
            private static readonly Trend Wait = new("waiting_time", MetricUnit.Milliseconds);
            private int _iterations;

            [Task]
            public async Task Work()
            {
                if (++_iterations > 10)
                {
                    await SleepAsync(0.01);
                    StopUser();
                }

                using (Group($"kind{Number % 2}"))
                {
                    using var page = await Client.GetAsync("/page", keepBody: true);
                    Check("page is there", page.StatusCode == 200);
                    using (Group("inner"))
                    {
                        await SleepAsync(0.001 * (Number % 3));
                        await Client.GetAsync("/inner");
                        Check("odd number", Number % 2 == 1);
                    }
                }

                Orders.Add(Number);
                Level.Set(7);
                Hits.Add(_iterations % 5 != 0, ("page", "home"));
                await RunBlockingAsync(() => Wait.Add(_iterations));
                if (_iterations == 10)
                {
                    using (Group("never left well"))
                        throw new InvalidOperationException("the last one throws");
                }

                Check("outside", true);
            }
        }
        """;

    [Theory]
    [InlineData("epoll")]
    [InlineData("portable")]
    public async Task Everything_is_counted_exactly(string transport)
    {
        await using var server = CountingServer.Start();
        var arguments = Arguments(Reporting, server.Url, "-u", "30", "-r", "30", "-t", "60s", "--loops", "2", "--transport", transport);
        var run = await OnrushCommand.RunAsync(Folder, arguments, limit: TimeSpan.FromMinutes(3));

        run.ExitCode.ShouldBe(1, "an iteration of each user throws\n" + run.Everything);
        run.Console.Row("/page").Requests.ShouldBe(300, run.Everything);
        run.Console.Row("/inner").Requests.ShouldBe(300, run.Everything);
        Row(run.Output, "✓ ::kind0 page is there").ShouldBe("150 0 100.00%");
        Row(run.Output, "✓ ::kind1 page is there").ShouldBe("150 0 100.00%");
        Row(run.Output, "✗ ::kind0::inner odd number").ShouldBe("0 150 0.00%");
        Row(run.Output, "✓ ::kind1::inner odd number").ShouldBe("150 0 100.00%");
        Row(run.Output, "✓ outside").ShouldBe("270 0 100.00%");
        Row(run.Output, "::kind0").ShouldStartWith("150 ");
        Row(run.Output, "::kind1::inner").ShouldStartWith("150 ");
        Row(run.Output, "::never left well").ShouldStartWith("30 ");
        Row(run.Output, "orders_placed Counter").ShouldStartWith("4650 ");
        Row(run.Output, "level Gauge").ShouldBe("7 300 7 7");
        Row(run.Output, "cache_hits Rate").ShouldBe("80.00% 300");
        Row(run.Output, "waiting_time (ms) Trend").ShouldBe("300 5.5 1 10 5 9.99 9.99");
    }

    [Fact]
    public async Task A_metric_that_cannot_be_is_refused_with_its_place_before_the_run()
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(Reporting.Replace("\"level\"", "\"http_reqs\"", StringComparison.Ordinal), server.Url, "-u", "1", "-t", "5s");
        run.ExitCode.ShouldNotBe(0);
        run.Everything.ShouldContain("loadtest.cs(7): ");
        run.Everything.ShouldContain("The metric http_reqs is measured by Onrush itself: give yours another name.");
        server.Counts.Received.ShouldBe(0);
    }

    /// <summary>What stands behind the beginning of a line, blanks and bars as one blank.</summary>
    private static string Row(string output, string begin)
    {
        var rows = output.Split('\n').Select(line => Regex.Replace(line, "[ |]+", " ").Trim()).Where(line => line.StartsWith(begin + " ", StringComparison.Ordinal)).ToArray();
        rows.Length.ShouldBe(1, $"{begin}\n{output}");
        return rows[0][(begin.Length + 1)..];
    }
}
