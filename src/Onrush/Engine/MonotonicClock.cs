using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Onrush.Engine;

/// <summary>Nanoseconds since an arbitrary start; never goes back. The only clock of the hot side.</summary>
internal static class MonotonicClock
{
    /// <summary>Nanoseconds in one second.</summary>
    public const long Second = 1_000_000_000;

    /// <summary>Nanoseconds in one millisecond.</summary>
    public const long Millisecond = 1_000_000;

    private static readonly long TickNanoseconds = Second / Stopwatch.Frequency;

    /// <summary>The time now in nanoseconds.</summary>
    public static long Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Stopwatch.GetTimestamp() * TickNanoseconds;
    }
}
