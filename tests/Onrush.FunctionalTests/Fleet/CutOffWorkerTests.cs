using System.Globalization;
using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Brokers;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>A worker on a network of its own whose cable to the rest of the fleet is pulled; the one to the target is not.</summary>
public sealed class CutOffWorkerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_worker_that_was_cut_off_hands_in_what_it_has_measured_meanwhile()
    {
        Assert.SkipWhen(NetworkNamespace.Objection is not null, NetworkNamespace.Objection ?? "");
        using var network = new NetworkNamespace();
        var (fleetCable, targetCable) = (network.Plug(), network.Plug());
        await using var fleet = new FleetRun { Host = $"{fleetCable.Here}", TargetAddress = targetCable.Here };
        fleet.AddWorker();
        fleet.AddWorker(network, null);
        await CutAsync(fleet, fleetCable, TimeSpan.Zero);
    }

    [Fact(Explicit = true)]
    public async Task Study_of_a_worker_that_is_cut_off_from_the_broker_for_20_seconds()
    {
        Assert.SkipWhen(NetworkNamespace.Objection is not null, NetworkNamespace.Objection ?? "");
        Assert.SkipUnless(RabbitMqServer.IsInstalled, "rabbitmq-server is not installed (Debian package rabbitmq-server; eng/test installs it as root)");
        using var network = new NetworkNamespace();
        var (fleetCable, targetCable) = (network.Plug(), network.Plug());
        var port = LowPort.Find();
        await using var broker = await RabbitMqServer.StartAsync(
            Repository.Root, new RabbitMqOptions { Settings = [string.Create(CultureInfo.InvariantCulture, $"listeners.tcp.2 = {fleetCable.Here}:{port}")] });
        await using var fleet = new FleetRun { Bus = $"{broker.Url()}?cluster=cut", TargetAddress = targetCable.Here };
        fleet.AddWorker();
        fleet.AddWorker(network, string.Create(CultureInfo.InvariantCulture, $"amqp://onrush:onrush@{fleetCable.Here}:{port}/onrush?cluster=cut"));
        await CutAsync(fleet, fleetCable, TimeSpan.FromSeconds(20));
    }

    private async Task CutAsync(FleetRun fleet, Cable cable, TimeSpan more)
    {
        fleet.StartMaster(FleetTests.Steady, workers: 2, "-u", "40", "-r", "40", "--stop-timeout", "10");
        await fleet.UntilAsync(run => run is { Users: 40, Aggregated.Requests: > 200 }, "all users run");
        var lost = fleet.Master.NextLineAsync(line => line.Contains("is lost: its users go to the others", StringComparison.Ordinal), "the master misses the worker");
        cable.Pull();
        await lost;
        await Task.Delay(more, TestContext.Current.CancellationToken);

        // Both have them now: the other worker runs the users of the one that is cut off, and that one runs them as well.
        await fleet.UntilAsync(run => run.Users == 40, "its users run elsewhere");
        await fleet.UntilAsync(_ => fleet.Server.OpenConnections >= 60, "it goes on by itself");
        var answered = fleet.Server.Counts.Answered;
        cable.Mend();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await fleet.UntilAsync(run => run.Users == 40 && run.Aggregated.Requests >= answered && run.Workers.Count(worker => worker.Users > 10) == 2, "it is back with all it has measured");
        output.WriteLine($"cut off; {answered} requests when the cable was plugged in again, and all of them known {clock.Elapsed.TotalSeconds:0.0} s later");
        fleet.Master.Send(Signal.Interrupt);

        var run = await fleet.EndAsync();

        run.Aggregated.Requests.ShouldBe(fleet.Server.Counts.Answered);
        run.Aggregated.Failures.ShouldBe(0);
        run.Conservation.Errors.ShouldBeEmpty();
        run.UsersStarted.ShouldBeGreaterThanOrEqualTo(60);
        fleet.Journal().Problems.ShouldBeEmpty();
    }
}
