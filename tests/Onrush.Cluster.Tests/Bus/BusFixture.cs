namespace Onrush.Cluster.Tests;

/// <summary>One bus under test, with the faults that can be done to it. A bus that leaves the process derives one and a class of <see cref="BusConformance"/>.</summary>
public abstract class BusFixture : IAsyncDisposable
{
    /// <summary>Whether several candidates may wait to lead; without it a coordinator is followed by another only after its end.</summary>
    internal abstract bool HasStandby { get; }

    /// <summary>Whether what one coordinator read can be read again by the next, unless it was released.</summary>
    internal abstract bool KeepsTheLog { get; }

    /// <summary>A coordinator's end that is ready to use.</summary>
    internal abstract Task<ICoordinatorBus> CoordinatorAsync(string candidate);

    /// <summary>A worker's end that was not started.</summary>
    internal abstract Task<IWorkerBus> WorkerAsync(string worker);

    /// <summary>Cuts the connection of a worker, so that what is under way is lost or not, and keeps it from making another.</summary>
    internal abstract Task CutAsync(IWorkerBus worker);

    /// <summary>Lets it connect again.</summary>
    internal abstract Task MendAsync(IWorkerBus worker);

    /// <summary>Ends a coordinator without a farewell.</summary>
    internal abstract Task KillAsync(ICoordinatorBus coordinator);

    /// <summary>The coordinator's clock for the test of it, in nanoseconds.</summary>
    internal abstract long ClockNow { get; }

    public abstract ValueTask DisposeAsync();
}
