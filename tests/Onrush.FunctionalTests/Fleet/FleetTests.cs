using Onrush.Cluster;
using Onrush.FunctionalTests.Running;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>Runs on several workers over HTTP, with what befalls them.</summary>
public sealed class FleetTests
{
    internal const string Steady = """
        using Onrush;

        public sealed class SteadyUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Constant(0.2);

            [Task]
            public async Task Call() => await Client.GetAsync("/call");
        }
        """;

    private const string Exact = """
        using Onrush;

        public sealed class Caller : FastHttpUser
        {
            private static readonly Feeder<Row> Names = Feeder.Csv("names.csv").Sequential();

            protected override WaitTime WaitTime => WaitTime.Constant(0);

            [Task]
            public async Task Call() => await Client.GetAsync("/" + Names.Next(this)["name"], name: "named");

            public async Task Tick() => await Client.GetAsync("/tick");
        }

        public sealed class Plan : LoadTest
        {
            public override void Configure(LoadTestBuilder test) => test
                .Scenario<Caller>("each", user => user.Call, Executor.PerUserIterations(users: 100, iterations: 3))
                .Scenario<Caller>("rate", user => user.Tick, Executor.ConstantArrivalRate(200, duration: "3s", maxUsers: 200))
                .Scenario<Caller>("shared", user => user.Tick, Executor.SharedIterations(users: 10, iterations: 333));
        }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Three_workers_do_exactly_the_plan_with_data_that_came_with_it(bool tls)
    {
        await using var fleet = new FleetRun(tls ? ["--cluster-tls"] : []);
        fleet.Folder.Write("names.csv", "name\n" + string.Join('\n', Enumerable.Range(0, 400).Select(i => $"row-{i}")));
        fleet.AddWorker();
        fleet.AddWorker();
        fleet.StartMaster(Exact, workers: 3);
        fleet.AddWorker();

        var run = await fleet.EndAsync();

        var scenarios = run.Scenarios.ToDictionary(s => s.Name);
        scenarios["each"].Iterations.ShouldBe(300);
        scenarios["rate"].Iterations.ShouldBe(600);
        scenarios["shared"].Iterations.ShouldBe(333);
        scenarios.Values.ShouldAllBe(s => s.Dropped == 0 && s.Interrupted == 0);
        run.Conservation.Errors.ShouldBeEmpty();
        run.Aggregated.Requests.ShouldBe(1233);
        fleet.Server.Counts.Answered.ShouldBe(1233);

        // Each row of the file was given to one user on one machine.
        fleet.Server.Counts.Paths.Where(path => path.StartsWith("/row-", StringComparison.Ordinal)).Select(path => fleet.Server.Counts[path].Answered)
            .ShouldBe(Enumerable.Repeat(1L, 300));

        // Who learns only at the instant that it has come begins later, and each worker by something else.
        var (decidedMs, start) = FirstOrders(fleet)!.Value;
        decidedMs.ShouldBeLessThan(start.StartNs / 1_000_000);
        start.Orders.Select(order => order.Order.AtNs).ShouldBe(Enumerable.Repeat(start.StartNs, 3));
    }

    /// <summary>The decision that starts the scenarios, and when it was written down; null when it was not yet.</summary>
    internal static (long DecidedMs, Directive Directive)? FirstOrders(FleetRun fleet)
    {
        var store = new RunFolders(Path.Combine(fleet.Folder.Path, ".onrush", "runs"), TimeProvider.System);
        if (store.List() is not [var newest, ..])
            return null;
        using var journal = store.Open(newest);
        if (journal.Length == 0)
            return null;
        var reader = new Onrush.Runs.Journal.JournalReader(journal);
        while (reader.Next() is { } entry)
        {
            if (entry is DecisionEntry decision && RecordWire.Read(decision.Decision) is DecisionRecord { Directive: { Orders.Count: > 0 } directive })
                return (entry.UnixMs, directive);
        }

        return null;
    }

    [Fact]
    public async Task A_killed_worker_costs_only_what_it_had_not_reported()
    {
        await using var fleet = new FleetRun();
        for (var i = 0; i < 3; i++)
            fleet.AddWorker();
        fleet.StartMaster(Steady, workers: 3, "-u", "90", "-r", "90");
        await fleet.UntilAsync(run => run.Users == 90, "all users run");
        fleet.Workers[1].Send(Signal.Kill);
        await fleet.Master.NextLineAsync(line => line.Contains("is lost: its users go to the others", StringComparison.Ordinal), "the master notices");
        await fleet.UntilAsync(run => run.Users == 90 && run.UsersStarted >= 120, "the users of the lost worker run elsewhere");
        fleet.Master.Send(Signal.Interrupt);

        var run = await fleet.EndAsync();

        // 30 users with five requests each second: what was under way of the last report, and what came after it.
        var counted = fleet.Server.Counts.Received;
        run.Aggregated.Requests.ShouldBeLessThanOrEqualTo(counted);
        run.Aggregated.Requests.ShouldBeGreaterThan(counted - 2 * 30 * 6);
        run.UsersStarted.ShouldBe(120);
        fleet.Master.Errors.ShouldContain("is not in the results");
    }

    [Fact]
    public async Task A_worker_that_leaves_hands_everything_over_and_one_that_joins_takes_a_part()
    {
        await using var fleet = new FleetRun();
        var leaver = fleet.AddWorker();
        fleet.AddWorker();
        fleet.StartMaster(Steady, workers: 2, "-u", "60", "-r", "60", "--stop-timeout", "5");
        await fleet.UntilAsync(run => run.Users == 60, "all users run");
        fleet.AddWorker();
        await fleet.Master.NextLineAsync(line => line.Contains("has joined", StringComparison.Ordinal), "the third is taken in");
        await fleet.UntilAsync(run => run is { Users: 60, UsersStarted: > 60 }, "it has users");
        leaver.Send(Signal.Terminate);
        (await leaver.ExitAsync(TimeSpan.FromSeconds(60))).ShouldBe(0, leaver.Errors);
        await fleet.UntilAsync(run => run is { Users: 60, UsersStarted: > 80 }, "the others have its users");
        fleet.Master.Send(Signal.Interrupt);

        var run = await fleet.EndAsync();

        run.Aggregated.Requests.ShouldBe(fleet.Server.Counts.Answered);
        run.Aggregated.Failures.ShouldBe(0);
        run.Conservation.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Processes_on_one_machine_need_no_token_and_end_with_the_command()
    {
        await using var fleet = new FleetRun();
        fleet.Folder.Write("loadtest.cs", Steady);
        var run = await OnrushCommand.RunAsync(
            fleet.Folder, ["-f", "loadtest.cs", "-H", fleet.Server.Url.AbsoluteUri.TrimEnd('/'), "--headless", "--processes", "2", "-u", "20", "-r", "20", "-t", "3"]);

        run.ExitCode.ShouldBe(0, run.Everything);
        run.Console.Aggregated.Requests.ShouldBe(fleet.Server.Counts.Answered);
        fleet.Server.Counts.Answered.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task A_worker_with_another_token_is_told_why_it_is_refused()
    {
        await using var fleet = new FleetRun();
        fleet.StartMaster(Steady, workers: 1, "--expect-workers-max-wait", "20");
        var stranger = fleet.AddWorker("--cluster-token", "wrong");
        (await stranger.ExitAsync(TimeSpan.FromSeconds(60))).ShouldBe(104);
        stranger.Errors.ShouldContain("refused this worker: the master has another cluster token");
        (await fleet.Master.ExitAsync(TimeSpan.FromSeconds(90))).ShouldBe(104);
        fleet.Master.Errors.ShouldContain("its token is another one");
        fleet.Master.Errors.ShouldContain("No worker is ready after 20 s");
    }
}
