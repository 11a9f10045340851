using System.Diagnostics;
using Onrush.FunctionalTests.Running;
using Onrush.Runs;
using Onrush.Testing.Targets.Brokers;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>A master that stands by in a cluster on RabbitMQ takes a run over by itself when the one that leads is killed or frozen.</summary>
public sealed class StandbyTests(FleetBroker broker, ITestOutputHelper output) : IClassFixture<FleetBroker>
{
    private static readonly string[] Load = ["-u", "40", "-r", "40", "--stop-timeout", "10", "--threshold", "http_reqs: count>100"];

    [Fact]
    public Task A_killed_leader_is_replaced_and_not_one_number_is_lost() => KillAsync("killed", 1);

    [Fact(Explicit = true)]
    public Task Study_of_20_leaders_that_are_killed_one_after_the_other() => KillAsync("study", 20);

    [Fact]
    public Task A_leader_that_was_frozen_finds_another_one_and_leaves_the_run_to_it() => FreezeAsync("frozen", TimeSpan.Zero);

    [Fact(Explicit = true)]
    public Task Study_of_a_leader_that_was_frozen_for_30_seconds() => FreezeAsync("frozen30", TimeSpan.FromSeconds(30));

    [Fact]
    public async Task A_run_that_ends_in_good_order_leaves_nothing_to_who_stands_by_and_nothing_in_the_broker()
    {
        await using var fleet = Fleet("orderly");
        fleet.AddWorker();
        fleet.StartMaster(ResumeTests.Hooked, workers: 1, Load);
        var (standby, folder) = await StandingByAsync(fleet);
        fleet.Master.Send(Signal.Interrupt);
        (await fleet.EndAsync()).Aggregated.Requests.ShouldBe(fleet.Server.Counts.Answered);
        (await standby.ExitAsync(TimeSpan.FromSeconds(90))).ShouldBe(0, standby.Errors);
        Directory.EnumerateDirectories(Path.Combine(folder.Path, ".onrush", "runs")).ShouldBeEmpty();
        File.Exists(Path.Combine(folder.Path, "hooks.txt")).ShouldBeFalse();
        (await broker.Server.ControlAsync("list_queues", "-p", "onrush", "--silent", "name")).ShouldNotContain("onrush.orderly.");
    }

    [Theory]
    [InlineData("end")]
    [InlineData("summary")]
    public async Task A_leader_that_is_killed_between_the_end_of_the_load_and_the_verdict_leaves_it_to_who_stands_by(string where)
    {
        await using var fleet = Fleet($"verdict-{where}");
        fleet.AddWorker();
        (RunningProgram Program, TemporaryFolder Folder)? standby = null;
        await EndingRun.HoldAsync(fleet, where, async () =>
        {
            standby = fleet.StandBy(EndingRun.LoadTest, "-u", "20", "-r", "20", "--json-file", "run.json");
            await standby.Value.Program.NextLineAsync(line => line.Contains("keeping this run as", StringComparison.Ordinal), "the run is followed", TimeSpan.FromMinutes(1));
        }, "-u", "20", "-r", "20");
        fleet.Master.Send(Signal.Kill);
        await fleet.Master.ExitAsync();
        fleet.Led(standby!.Value.Program, standby.Value.Folder);

        await EndingRun.ShouldBeJudgedAsync(fleet);
        EndingRun.Hooks(fleet).ShouldBe(["end"]);
        File.Exists(Path.Combine(fleet.Folder.Path, "run.json")).ShouldBeTrue();
    }

    private async Task KillAsync(string cluster, int kills)
    {
        await using var fleet = Fleet(cluster);
        for (var i = 0; i < 2; i++)
            fleet.AddWorker();
        fleet.StartMaster(ResumeTests.Hooked, workers: 2, Load);
        List<double> took = [];
        for (var kill = 1; kill <= kills; kill++)
        {
            var (next, folder) = await StandingByAsync(fleet);
            var taken = next.NextLineAsync(line => line.Contains("this one takes over", StringComparison.Ordinal), "it takes over", TimeSpan.FromMinutes(1));
            var clock = Stopwatch.StartNew();
            fleet.Master.Send(Signal.Kill);
            await taken;
            took.Add(clock.Elapsed.TotalSeconds);
            fleet.Led(next, folder);
            var counted = fleet.Server.Counts.Answered;
            await fleet.UntilAsync(run => run.Users == 40 && run.Aggregated.Requests > counted, "it leads the run");
        }

        output.WriteLine($"{kills} leaders killed; another one led after {took.Order().ElementAt(took.Count / 2):0.00} s in the median, {took.Max():0.00} s at most");
        await EndAsync(fleet);
    }

    private async Task FreezeAsync(string cluster, TimeSpan more)
    {
        await using var fleet = Fleet(cluster);
        for (var i = 0; i < 2; i++)
            fleet.AddWorker();
        fleet.StartMaster(ResumeTests.Hooked, workers: 2, Load);
        var frozen = fleet.Master;
        var (next, folder) = await StandingByAsync(fleet);
        var taken = next.NextLineAsync(line => line.Contains("this one takes over", StringComparison.Ordinal), "it takes over", TimeSpan.FromMinutes(1));
        var clock = Stopwatch.StartNew();
        frozen.Send(Signal.Stop);
        await taken;
        output.WriteLine($"another one led {clock.Elapsed.TotalSeconds:0.00} s after the freeze");
        fleet.Led(next, folder);
        var counted = fleet.Server.Counts.Answered;
        await fleet.UntilAsync(run => run.Users == 40 && run.Aggregated.Requests > counted, "it leads the run");
        if (more - clock.Elapsed is { Ticks: > 0 } rest)
            await Task.Delay(rest, TestContext.Current.CancellationToken);
        frozen.Send(Signal.Continue);
        (await frozen.ExitAsync(TimeSpan.FromSeconds(90))).ShouldNotBe(0);
        frozen.Errors.ShouldContain("Another master has taken the lead");
        var after = fleet.Server.Counts.Answered;
        await fleet.UntilAsync(run => run.Users == 40 && run.Aggregated.Requests > after, "the run goes on");
        await EndAsync(fleet);
    }

    // Once the run is in its copy as well: before that there is nothing to take over.
    private static async Task<(RunningProgram Program, TemporaryFolder Folder)> StandingByAsync(FleetRun fleet)
    {
        var counted = fleet.Server.Counts.Answered;
        await fleet.UntilAsync(run => run.Users == 40 && run.Aggregated.Requests > counted + 100, "all users run");
        var standby = fleet.StandBy(ResumeTests.Hooked, Load);
        await standby.Program.NextLineAsync(line => line.Contains("keeping this run as", StringComparison.Ordinal), "the run is followed", TimeSpan.FromMinutes(1));
        return standby;
    }

    private static async Task EndAsync(FleetRun fleet)
    {
        fleet.Master.Send(Signal.Interrupt);
        var run = await fleet.EndAsync();
        run.Aggregated.Requests.ShouldBe(fleet.Server.Counts.Answered);
        run.Aggregated.Failures.ShouldBe(0);
        run.UsersStarted.ShouldBe(40);
        run.Conservation.Errors.ShouldBeEmpty();
        run.Rules.ShouldHaveSingleItem().Passed.ShouldBe(true);
        fleet.Journal().Problems.ShouldBeEmpty();
        (await File.ReadAllLinesAsync(Path.Combine(fleet.Folder.Path, "hooks.txt"))).Where(line => line != "spawned 40").ShouldBe(["stopping", "stopped", "end"]);
    }

    private FleetRun Fleet(string cluster)
    {
        Assert.SkipUnless(RabbitMqServer.IsInstalled, "rabbitmq-server is not installed (Debian package rabbitmq-server; eng/test installs it as root)");
        return new FleetRun { Bus = $"{broker.Server.Url()}?cluster={cluster}" };
    }
}
