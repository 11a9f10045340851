namespace Onrush.Cluster.Tests;

public sealed class InMemoryBusTests : BusConformance
{
    private protected override BusFixture Bus { get; } = new Fixture();

    [Fact]
    public async Task Forgets_what_was_released()
    {
        var cluster = new InMemoryCluster();
        await using var coordinator = cluster.Coordinator("a");
        long last = -1;
        using var reading = coordinator.Read(0, entry => last = entry.Offset);
        for (var epoch = 1; epoch <= 10; epoch++)
            await coordinator.AppendAsync(new ClaimRecord("a", epoch), Token);
        coordinator.Release(last - 3);
        cluster.Kept.ShouldBe(3);
        coordinator.Release(last);
        cluster.Kept.ShouldBe(0);
    }

    private sealed class Fixture : BusFixture
    {
        private readonly InMemoryCluster _cluster = new();

        internal override bool HasStandby => true;

        internal override bool KeepsTheLog => true;

        internal override long ClockNow => RunClock.Now;

        internal override Task<ICoordinatorBus> CoordinatorAsync(string candidate) => Task.FromResult<ICoordinatorBus>(_cluster.Coordinator(candidate));

        internal override Task<IWorkerBus> WorkerAsync(string worker) => Task.FromResult<IWorkerBus>(_cluster.Worker(worker));

        internal override Task CutAsync(IWorkerBus worker)
        {
            _cluster.Cut(worker.Worker);
            return Task.CompletedTask;
        }

        internal override Task MendAsync(IWorkerBus worker)
        {
            _cluster.Mend(worker.Worker);
            return Task.CompletedTask;
        }

        internal override async Task KillAsync(ICoordinatorBus coordinator) => await coordinator.DisposeAsync();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
