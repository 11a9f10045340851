namespace Onrush.Cluster;

/// <summary>How the process of a worker does.</summary>
internal sealed record WorkerHealth
{
    /// <summary>Processor time used since the status before, in cores.</summary>
    public double Cores { get; init; }

    /// <summary>Cores it may use.</summary>
    public double CoresAvailable { get; init; }

    /// <summary>Memory it has, in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>The coordinator's clock less its own, in nanoseconds, as it measured it.</summary>
    public long ClockOffsetNs { get; init; }

    /// <summary>Reports that wait to be taken.</summary>
    public int ReportsWaiting { get; init; }
}
