using Onrush.Testing.Targets.Brokers;
using Onrush.Testing.Targets.Net;

namespace Onrush.Cluster.Tests;

/// <summary>A cluster in a real broker. Between each end and the broker stands a relay, which is what is cut.</summary>
internal sealed class RabbitMqFixture(RabbitMqServer server) : BusFixture
{
    private readonly string _cluster = $"test-{Guid.NewGuid():N}"[..20];
    private readonly Dictionary<string, TcpRelay> _relays = [];

    public List<string> Warnings { get; } = [];

    internal override bool HasStandby => true;

    internal override bool KeepsTheLog => true;

    internal override long ClockNow => RunClock.Now;

    /// <summary>The cluster, straight or through the relay of an end.</summary>
    public BrokerAddress Address(string? end = null)
    {
        var port = server.Addresses[0].Port;
        if (end is not null)
        {
            lock (_relays)
                _relays.Add(end, new TcpRelay(port));
            port = _relays[end].Port;
        }

        return BrokerAddress.Parse($"amqp://onrush:onrush@127.0.0.1:{port}/onrush?cluster={_cluster}");
    }

    internal override async Task<ICoordinatorBus> CoordinatorAsync(string candidate) =>
        await RabbitMqCoordinatorBus.ConnectAsync(Address(candidate), candidate, Warn, CancellationToken.None);

    internal override Task<IWorkerBus> WorkerAsync(string worker) => Task.FromResult<IWorkerBus>(new RabbitMqWorkerBus(Address(worker), worker, Warn));

    internal override Task CutAsync(IWorkerBus worker)
    {
        _relays[worker.Worker].Cut();
        return Task.CompletedTask;
    }

    internal override Task MendAsync(IWorkerBus worker)
    {
        _relays[worker.Worker].Mend();
        return Task.CompletedTask;
    }

    internal override async Task KillAsync(ICoordinatorBus coordinator)
    {
        _relays[coordinator.Candidate].Cut();
        await coordinator.DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await using (var last = await RabbitMqCoordinatorBus.ConnectAsync(Address(), "last", Warn, CancellationToken.None))
            await last.RemoveAsync(CancellationToken.None);
        foreach (var relay in _relays.Values)
            await relay.DisposeAsync();
    }

    private void Warn(string text)
    {
        lock (Warnings)
            Warnings.Add(text);
    }
}
