namespace Onrush.Cluster.Tests;

/// <summary>What every bus has to do, done by a real broker.</summary>
public sealed class RabbitMqBusTests : BusConformance, IClassFixture<SharedBroker>
{
    public RabbitMqBusTests(SharedBroker broker)
    {
        SharedBroker.SkipWithoutRabbitMq();
        Bus = new RabbitMqFixture(broker.Server);
    }

    private protected override BusFixture Bus { get; }
}
