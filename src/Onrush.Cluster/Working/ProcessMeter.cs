using Onrush.Engine;

namespace Onrush.Cluster;

/// <summary>What this process uses. Used by one thread.</summary>
internal sealed class ProcessMeter
{
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private long _atNs = MonotonicClock.Now;

    /// <summary>Processor time since the reading before, in cores.</summary>
    public double Cores()
    {
        var (cpu, nowNs) = (Environment.CpuUsage.TotalTime, MonotonicClock.Now);
        var cores = nowNs > _atNs ? (cpu - _cpu).TotalNanoseconds / (nowNs - _atNs) : 0;
        (_cpu, _atNs) = (cpu, nowNs);
        return Math.Max(0, cores);
    }
}
