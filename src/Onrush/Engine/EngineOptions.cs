using System.Net;
using Onrush.Measurement;

namespace Onrush.Engine;

/// <summary>What the loops are built with.</summary>
internal sealed record EngineOptions
{
    /// <summary>Number of loops; one per core that the process may use.</summary>
    public int Loops { get; init; } = Environment.ProcessorCount;

    /// <summary>Use SocketAsyncEventArgs instead of epoll.</summary>
    public bool Portable { get; init; } = !EpollLoop.IsSupported;

    /// <summary>Ask the kernel when data arrived (Linux, epoll only).</summary>
    public bool KernelTimestamps { get; init; } = true;

    /// <summary>Connects under way per loop; more would overflow the target's accept queue and show as 1 s retries.</summary>
    public int MaxConnectsInFlight { get; init; } = 128;

    /// <summary>Source addresses, used in turn; empty lets the system choose.</summary>
    public IReadOnlyList<IPAddress> LocalAddresses { get; init; } = [];

    /// <summary>Where every finished request goes, besides being counted; null when nobody asked.</summary>
    public RequestRings? Requests { get; init; }

    /// <summary>Share of the requests whose trace the target is asked to record, 0 to 1; 0 sends no trace context at all.</summary>
    public double TraceShare { get; init; }

    /// <summary>Take any TLS certificate.</summary>
    public bool Insecure { get; init; }
}
