namespace Onrush.Runs;

/// <summary>How a worker stood at an instant, as its coordinator knew it. What it measured is in its reports. Immutable.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Condition">Where it stood.</param>
internal sealed record WorkerStanding(string Worker, WorkerCondition Condition)
{
    /// <summary>Users on it; 0 when they were given to others.</summary>
    public int Users { get; init; }

    /// <summary>Share of one core that its process used, in percent with one decimal.</summary>
    public double CpuPercent { get; init; }

    /// <summary>Cores that its process may use, with one decimal; 0 when that is not known.</summary>
    public double Cores { get; init; }

    /// <summary>Resident memory of its process in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>The coordinator's clock less its own, in nanoseconds, as it measured it.</summary>
    public long ClockOffsetNs { get; init; }

    /// <summary>Reports that it had not handed in yet.</summary>
    public int ReportsWaiting { get; init; }
}
