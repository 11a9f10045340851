namespace Onrush.Runs;

/// <summary>What one endpoint gave in one point of time.</summary>
/// <param name="Start">Beginning in seconds from the start of the run.</param>
/// <param name="Requests">Requests finished, good or failed.</param>
/// <param name="Failures">Requests that failed.</param>
/// <param name="P50Ms">Median response time in milliseconds; 0 when nothing finished.</param>
/// <param name="P95Ms">95th percentile in milliseconds.</param>
/// <param name="P99Ms">99th percentile in milliseconds.</param>
internal readonly record struct CoursePoint(int Start, int Requests, int Failures, float P50Ms, float P95Ms, float P99Ms)
{
    /// <summary>Both together, where their distributions are no longer known: the percentiles are the larger ones.</summary>
    public static CoursePoint Join(CoursePoint early, CoursePoint late) => new(
        early.Start, early.Requests + late.Requests, early.Failures + late.Failures,
        Math.Max(early.P50Ms, late.P50Ms), Math.Max(early.P95Ms, late.P95Ms), Math.Max(early.P99Ms, late.P99Ms));
}
