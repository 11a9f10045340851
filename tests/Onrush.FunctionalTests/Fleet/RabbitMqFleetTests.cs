using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Brokers;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>A broker for all tests of a class.</summary>
public sealed class FleetBroker : IAsyncLifetime
{
    public RabbitMqServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (RabbitMqServer.IsInstalled)
            Server = await RabbitMqServer.StartAsync(Repository.Root);
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
    }
}

/// <summary>Runs on several workers that meet in a RabbitMQ, with what befalls them and it.</summary>
public sealed class RabbitMqFleetTests(FleetBroker broker) : IClassFixture<FleetBroker>
{
    private const string Steady = """
        using Onrush;

        public sealed class SteadyUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Constant(0.2);

            [Task]
            public async Task Call() => await Client.GetAsync("/call");
        }
        """;

    [Fact]
    public async Task A_killed_worker_costs_only_what_it_had_not_reported_and_nothing_stays_in_the_broker()
    {
        await using var fleet = Fleet("kill");
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

        // Two workers are still there and wait for another master. Their inboxes go once a beat finds no cluster, and do not come again.
        (await broker.Server.ControlAsync("list_exchanges", "-p", "onrush", "--silent", "name")).ShouldNotContain("onrush.kill.");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (fleet.Workers.Count(worker => worker.Errors.Contains("The connection to the master is lost", StringComparison.Ordinal)) < 2)
            await Task.Delay(50, deadline.Token);
        while ((await broker.Server.ControlAsync("list_queues", "-p", "onrush", "--silent", "name")).Contains("onrush.kill.", StringComparison.Ordinal))
            deadline.IsCancellationRequested.ShouldBeFalse("the inboxes of the workers are gone");
    }

    [Fact]
    public async Task A_broker_that_is_killed_in_the_middle_costs_nothing()
    {
        await using var fleet = Fleet("restart");
        for (var i = 0; i < 3; i++)
            fleet.AddWorker();
        fleet.StartMaster(Steady, workers: 3, "-u", "60", "-r", "60", "--stop-timeout", "5");
        var before = await fleet.UntilAsync(run => run is { Users: 60, Aggregated.Requests: > 300 }, "all users run");
        var lost = fleet.Master.NextLineAsync(line => line.Contains("connection to the broker is lost", StringComparison.Ordinal), "the master notices");
        while (!broker.Server.KnowsItsQueues("rabbit_stream_coordinator", "onrush.restart.lead"))
            await Task.Delay(50, TestContext.Current.CancellationToken);
        await broker.Server.KillAsync();
        await lost;
        var counted = fleet.Server.Counts.Answered;
        await broker.Server.StartAgainAsync();
        await fleet.UntilAsync(run => run.Aggregated.Requests > counted, "the reports of the outage have come");
        fleet.Server.Counts.Answered.ShouldBeGreaterThan(before.Aggregated.Requests + 300, "the users went on");
        fleet.Master.Send(Signal.Interrupt);

        var run = await fleet.EndAsync();

        run.Aggregated.Requests.ShouldBe(fleet.Server.Counts.Answered);
        run.Aggregated.Failures.ShouldBe(0);
        run.UsersStarted.ShouldBe(60);
        run.Conservation.Errors.ShouldBeEmpty();
    }

    // The same by itself, with a master that stands by, is tried each time.
    [Fact(Explicit = true)]
    public async Task A_killed_master_is_carried_on_from_its_journal_and_the_log_of_the_broker()
    {
        await using var fleet = Fleet("resume");
        for (var i = 0; i < 2; i++)
            fleet.AddWorker();
        fleet.StartMaster(Steady, workers: 2, "-u", "40", "-r", "40", "--stop-timeout", "10");
        await fleet.UntilAsync(run => run is { Users: 40, Aggregated.Requests: > 200 }, "all users run");
        fleet.Master.Send(Signal.Kill);
        await fleet.Master.ExitAsync();
        var counted = fleet.Server.Counts.Answered;
        await fleet.UntilAsync(_ => fleet.Server.Counts.Answered > counted + 300, "the users go on without a master");
        var missed = fleet.Server.Counts.Answered;
        fleet.Restart("--resume", "latest");
        await fleet.UntilAsync(run => run.Users == 40 && run.Aggregated.Requests > missed, "what the broker kept meanwhile has come");
        fleet.Master.Send(Signal.Interrupt);

        var run = await fleet.EndAsync();

        run.Aggregated.Requests.ShouldBe(fleet.Server.Counts.Answered);
        run.Aggregated.Failures.ShouldBe(0);
        run.UsersStarted.ShouldBe(40);
        run.Conservation.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_master_of_one_cluster_is_refused()
    {
        await using var fleet = Fleet("two");
        fleet.AddWorker();
        fleet.StartMaster(Steady, workers: 1, "-u", "5", "-r", "5");
        await fleet.UntilAsync(run => run.Users == 5, "all users run");
        using var folder = new TemporaryFolder();
        folder.Write("loadtest.cs", Steady);
        var second = await OnrushCommand.RunAsync(folder, ["--headless", "--master", "-H", "http://127.0.0.1:1"], new Dictionary<string, string> { ["ONRUSH_BUS"] = fleet.Bus! });
        second.ExitCode.ShouldBe(104, second.Everything);
        second.Errors.ShouldContain("another master leads the cluster two");
        second.Errors.ShouldNotContain(":onrush@");
        fleet.Master.Send(Signal.Interrupt);
        (await fleet.EndAsync()).Aggregated.Requests.ShouldBe(fleet.Server.Counts.Answered);
    }

    [Theory]
    [InlineData("redis://onrush:secret@127.0.0.1/onrush", "ONRUSH_BUS: redis:// is not known; an address looks like amqp://user:password@host/vhost")]
    [InlineData("amqp://onrush:secret@127.0.0.1:{port}/onrush", "refuses the user onrush or the password")]
    public async Task Who_cannot_get_in_is_told_in_one_line_without_the_password(string bus, string why)
    {
        SkipWithoutBroker();
        bus = bus.Replace("{port}", $"{broker.Server.Addresses[0].Port}", StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        folder.Write("loadtest.cs", Steady);
        foreach (var role in new[] { "--master", "--worker" })
        {
            var run = await OnrushCommand.RunAsync(folder, ["--headless", role, "-H", "http://127.0.0.1:1"], new Dictionary<string, string> { ["ONRUSH_BUS"] = bus });
            run.ExitCode.ShouldBe(104, run.Everything);
            run.Errors.ShouldContain(why);
            run.Everything.ShouldNotContain("secret");
            run.ShouldShowNoStackTrace();
        }
    }

    private FleetRun Fleet(string cluster)
    {
        SkipWithoutBroker();
        return new FleetRun { Bus = $"{broker.Server.Url()}?cluster={cluster}" };
    }

    private static void SkipWithoutBroker() =>
        Assert.SkipUnless(RabbitMqServer.IsInstalled, "rabbitmq-server is not installed (Debian package rabbitmq-server; eng/test installs it as root)");
}
