using System.Globalization;

namespace Onrush.Cluster.Tests;

/// <summary>What every bus has to do, done by a real broker.</summary>
public sealed class RabbitMqBusTests : BusConformance, IClassFixture<SharedBroker>
{
    private readonly SharedBroker _broker;
    private readonly RabbitMqFixture _bus;

    public RabbitMqBusTests(SharedBroker broker)
    {
        SharedBroker.SkipWithoutRabbitMq();
        (_broker, _bus) = (broker, new RabbitMqFixture(broker.Server));
    }

    private protected override BusFixture Bus => _bus;

    [Fact]
    public async Task A_worker_that_waits_for_a_master_declares_nothing()
    {
        var before = await CountsAsync();
        await using (var worker = await _bus.WorkerAsync("early"))
        {
            worker.Start(new WorkerEar());
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while ((await CountsAsync()).Connections < before.Connections + 2)
                deadline.IsCancellationRequested.ShouldBeFalse("it has tried twice");
        }

        (await CountsAsync()).Queues.ShouldBe(before.Queues);
        _bus.Warnings.ShouldHaveSingleItem().ShouldBe("no master has been there yet");
    }

    // How many connections and queues the broker has ever made.
    private async Task<(int Connections, int Queues)> CountsAsync()
    {
        var row = await _broker.Server.ControlAsync("eval", "[{_, Connections, _, _, _, _, Queues, _}] = ets:tab2list(connection_churn_metrics), io:format(\"~b ~b~n\", [Connections, Queues]).");
        var numbers = row.Split('\n')[0].Split(' ');
        return (int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture));
    }
}
