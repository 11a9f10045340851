using System.Diagnostics;

namespace Onrush.Bench.Children;

/// <summary>Notes when users were started and when they had their first response. From all loops.</summary>
internal static class SpawnClock
{
    private static readonly long[] Starts = new long[20_000];
    private static int _started;
    private static int _connected;
    private static long _lastConnectedAt;

    public static void Started() => Starts[Interlocked.Increment(ref _started) - 1] = Stopwatch.GetTimestamp();

    public static void Connected()
    {
        Interlocked.Increment(ref _connected);
        Volatile.Write(ref _lastConnectedAt, Stopwatch.GetTimestamp());
    }

    /// <summary>Adds what was noted to a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="rate">Users per second that were asked for.</param>
    public static ChildReport AddTo(ChildReport report, double rate)
    {
        var starts = Starts[..Volatile.Read(ref _started)];
        if (starts.Length == 0)
            return report;
        Array.Sort(starts);
        return report with
        {
            Problem = report.Problem ?? (_connected == starts.Length ? null : $"{_connected} of {starts.Length} users had a response"),
            SpawnSeconds = Seconds(starts[0], starts[^1]),
            SpawnLateMs = starts.Select((at, k) => Seconds(starts[0], at) - k / rate).Max() * 1000,
            ConnectedSeconds = Seconds(starts[0], _lastConnectedAt),
        };
    }

    private static double Seconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalSeconds;
}
