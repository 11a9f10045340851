using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>
/// When a loop's figures are its own and not the target's: it worked more than 80 % of the time, or the 99th percentile of its lag is
/// above one millisecond and above a tenth of the median response time.
/// </summary>
internal static class GeneratorRule
{
    /// <summary>Busy share above which a loop is bound.</summary>
    public const double MaxBusy = 0.8;

    /// <summary>Lag in nanoseconds that is never held against a loop.</summary>
    public const long HarmlessLagNs = 1_000_000;

    /// <summary>Shorter intervals, as the last one of a run, are too short for a share of them to mean anything. In nanoseconds.</summary>
    public const long ShortestNs = 300_000_000;

    /// <summary>Whether the loop was the limit.</summary>
    /// <param name="loop">Its health in one interval.</param>
    /// <param name="medianResponseNs">Median response time of the same worker and interval in nanoseconds; 0 when nothing finished.</param>
    public static bool IsBound(LoopHealth loop, long medianResponseNs) =>
        loop.DurationNs >= ShortestNs && (loop.Busy > MaxBusy || loop.LagP99Ns > Math.Max(HarmlessLagNs, medianResponseNs / 10));
}
