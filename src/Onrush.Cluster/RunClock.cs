using Onrush.Engine;

namespace Onrush.Cluster;

/// <summary>
/// The clock that instants of a run are told by between processes: nanoseconds of Unix time, read once when the process starts and then carried on by the
/// monotonic clock, so that corrections of the wall clock do not bend a run. The coordinator's holds; a worker knows its offset.
/// </summary>
internal static class RunClock
{
    private static readonly long Offset = (TimeProvider.System.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * TimeSpan.NanosecondsPerTick - MonotonicClock.Now;

    /// <summary>The time now.</summary>
    public static long Now => MonotonicClock.Now + Offset;

    /// <summary>This process's time of an instant of its monotonic clock.</summary>
    public static long OfMonotonic(long monotonicNs) => monotonicNs + Offset;

    /// <summary>The instant of the monotonic clock at a time of this process.</summary>
    public static long ToMonotonic(long runNs) => runNs - Offset;
}
