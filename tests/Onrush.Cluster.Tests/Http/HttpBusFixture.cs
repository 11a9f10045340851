using System.Collections.Concurrent;
using System.Net;

namespace Onrush.Cluster.Tests;

/// <summary>The HTTP bus on free ports of this machine; a master after another has the same port, as after a restart.</summary>
public sealed class HttpBusFixture(bool tls) : BusFixture
{
    private static readonly ClusterToken Token = new("a secret of the test");

    private readonly ConcurrentDictionary<string, CutProxy> _cables = new();
    private int _port = FreePort.Next();

    internal override bool HasStandby => false;

    internal override bool KeepsTheLog => false;

    internal override long ClockNow => RunClock.Now;

    internal ConcurrentQueue<string> Lines { get; } = new();

    internal int Port => _port;

    internal override async Task<ICoordinatorBus> CoordinatorAsync(string candidate)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await HttpCoordinatorBus.StartAsync(new HttpBusOptions(IPAddress.Loopback, _port, Token, tls), candidate, TimeProvider.System, Lines.Enqueue);
            }
            catch (BusException) when (attempt < 50 && _cables.IsEmpty)
            {
                _port = FreePort.Next();
            }
            catch (BusException) when (attempt < 50)
            {
                await Task.Delay(100);
            }
        }
    }

    internal override Task<IWorkerBus> WorkerAsync(string worker)
    {
        var cable = _cables.GetOrAdd(worker, _ => new CutProxy(_port));
        return Task.FromResult<IWorkerBus>(new HttpWorkerBus(worker, "127.0.0.1", cable.Port, Token, tls, TimeProvider.System));
    }

    internal override Task CutAsync(IWorkerBus worker)
    {
        _cables[worker.Worker].Cut();
        return Task.CompletedTask;
    }

    internal override Task MendAsync(IWorkerBus worker)
    {
        _cables[worker.Worker].Mend();
        return Task.CompletedTask;
    }

    internal override async Task KillAsync(ICoordinatorBus coordinator) => await coordinator.DisposeAsync();

    public override async ValueTask DisposeAsync()
    {
        foreach (var cable in _cables.Values)
            await cable.DisposeAsync();
    }
}
