namespace Onrush.Bench.Measuring.Throughput;

/// <summary>One measurement of one generator.</summary>
internal sealed record ThroughputSample
{
    /// <summary>Requests per second, as the target counts them.</summary>
    public required double PerSecond { get; init; }

    /// <summary>Requests per CPU-second of the generator, user and system together.</summary>
    public required double PerCpuSecond { get; init; }

    /// <summary>The same as a multiple of wrk in the same round.</summary>
    public double Ratio { get; init; } = 1;

    /// <summary>Generator's CPU time in user mode per request, in microseconds.</summary>
    public required double UserMicroseconds { get; init; }

    /// <summary>Generator's CPU time in the kernel per request, in microseconds.</summary>
    public required double SystemMicroseconds { get; init; }

    /// <summary>Largest resident memory in MB.</summary>
    public required double PeakMegabytes { get; init; }

    /// <summary>Bytes allocated per request; null where the generator cannot tell.</summary>
    public double? AllocatedPerRequest { get; init; }
}
