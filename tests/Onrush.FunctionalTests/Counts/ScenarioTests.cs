using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Counts;

/// <summary>Configured scenarios, by the real command against real targets.</summary>
public sealed class ScenarioTests : RunFixture
{
    [Fact]
    public async Task Ten_thousand_users_make_one_request_each_in_little_memory()
    {
        await using var nginx = await NginxServer.StartAsync();
        var sample = Path.Combine(Repository.Root, "samples/loadtests/peak-10000.cs");

        var run = await OnrushCommand.RunAsync(
            Folder, ["-f", sample, "-H", nginx.Url.AbsoluteUri.TrimEnd('/'), "--headless"], limit: TimeSpan.FromMinutes(2));

        run.Console.Aggregated.Requests.ShouldBe(10_000, run.Everything);
        (await nginx.RequestsAsync()).ShouldBe(10_000, run.Everything);
        run.Output.ShouldContain("iterations 10,000/10,000");
        run.PeakMemory.ShouldBeLessThan(150_000_000);
    }

    [Fact]
    public async Task A_frozen_target_loses_no_arrival_and_the_time_from_the_due_start_shows_the_freeze()
    {
        await using var target = CountingServer.Start();
        await using var running = OnrushCommand.Start(Folder, Arguments(Steady("WhenBusy.Queue"), target.Url));
        await FreezeAsync(running, target);

        (await running.ExitAsync()).ShouldBe(0, running.Output);
        running.Output.ShouldContain("iterations 500 of 500 due\n");
        target.Counts.Answered.ShouldBe(500);
        ConsoleOutput.Parse(running.Output).FromDue("90%").ShouldBeGreaterThan(1000, running.Output);
    }

    [Fact]
    public async Task A_frozen_target_drops_arrivals_and_counts_them_where_that_is_wanted()
    {
        await using var target = CountingServer.Start();
        await using var running = OnrushCommand.Start(Folder, Arguments(Steady("WhenBusy.Drop"), target.Url));
        await FreezeAsync(running, target);

        (await running.ExitAsync()).ShouldBe(0, running.Output);
        var dropped = 500 - target.Counts.Answered;
        dropped.ShouldBeGreaterThan(100);
        running.Output.ShouldContain($"iterations {target.Counts.Answered} of 500 due  dropped {dropped}\n");
    }

    [Fact]
    public async Task Users_on_the_command_line_replace_the_scenarios_with_a_warning()
    {
        await using var target = CountingServer.Start();

        var run = await RunAsync(Steady("WhenBusy.Queue"), target.Url, "-u", "2", "-t", "1s");

        run.Errors.ShouldContain("they replace the scenarios of the load test (steady)");
        run.Output.ShouldContain("ended: The run time is over.");
        run.Output.ShouldNotContain("constant arrival rate");
    }

    // The target stands still for two seconds of the five.
    private static async Task FreezeAsync(RunningProgram running, CountingServer target)
    {
        await running.NextLineAsync(line => line.Contains("steady  constant arrival rate  running"), "the scenario to run");
        target.Freezer.Freeze();
        await Task.Delay(TimeSpan.FromSeconds(2));
        target.Freezer.Thaw();
    }

    private static string Steady(string whenBusy) => $$"""
        using Onrush;

        public sealed class SteadyUser : FastHttpUser
        {
            [Task]
            public async Task Hello() => await Client.GetAsync("/hello");
        }

        public sealed class Steady : LoadTest
        {
            public override void Configure(LoadTestBuilder test) => test
                .Scenario<SteadyUser>("steady", user => user.Hello, Executor.ConstantArrivalRate(100, "5s", maxUsers: 10, whenBusy: {{whenBusy}}));
        }
        """;
}
