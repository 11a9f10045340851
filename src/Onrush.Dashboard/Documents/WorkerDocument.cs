using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>Who makes the load.</summary>
/// <param name="Id">Name of the worker.</param>
/// <param name="State">What its run does.</param>
/// <param name="Users">Users on it.</param>
/// <param name="CpuPercent">Share of one core that its process uses, in percent; null when not known.</param>
/// <param name="MemoryBytes">Resident memory of its process.</param>
/// <param name="LagP99Ms">Lag of its worst loop in the last second.</param>
/// <param name="Address">Where it is; null for this process.</param>
internal sealed record WorkerDocument(string Id, RunPhase State, int Users, double? CpuPercent, long? MemoryBytes, double? LagP99Ms, string? Address)
{
    /// <summary>The workers of a run: this process, while it runs.</summary>
    public static IReadOnlyList<WorkerDocument> Of(RunView run, ProcessMeter meter) => run.Snapshot is { Phase: not (RunPhase.Ready or RunPhase.Stopped) } snapshot
        ? [new("local", snapshot.Phase, snapshot.Users, meter.CpuPercent, ProcessMeter.MemoryBytes, Numbers.Short(snapshot.Generator.CurrentLagP99Ms), null)]
        : [];
}

/// <summary>What this process uses, read at most once a second.</summary>
internal sealed class ProcessMeter(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _readAt;
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private double? _percent;

    /// <summary>Share of one core in percent since the reading before; null until there are two.</summary>
    public double? CpuPercent
    {
        get
        {
            lock (_gate)
            {
                long now = time.GetTimestamp();
                if (_readAt == 0)
                    _readAt = now;
                var passed = time.GetElapsedTime(_readAt, now);
                if (passed < TimeSpan.FromSeconds(1))
                    return _percent;
                var cpu = Environment.CpuUsage.TotalTime;
                _percent = Math.Round((cpu - _cpu) / passed * 100, 1);
                (_readAt, _cpu) = (now, cpu);
                return _percent;
            }
        }
    }

    /// <summary>Resident memory in bytes.</summary>
    public static long MemoryBytes => Environment.WorkingSet;
}
