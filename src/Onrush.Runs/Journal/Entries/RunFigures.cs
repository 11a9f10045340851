namespace Onrush.Runs.Journal;

/// <summary>A run in a line.</summary>
/// <param name="Seconds">Its length in seconds.</param>
/// <param name="Users">Most users at a time.</param>
/// <param name="Requests">Finished requests.</param>
/// <param name="Failures">Those that failed.</param>
/// <param name="P95Ms">95th percentile of all response times in milliseconds.</param>
internal sealed record RunFigures(double Seconds, int Users, long Requests, long Failures, double P95Ms)
{
    /// <summary>The figures of a run.</summary>
    public static RunFigures Of(RunSnapshot run) => new(
        run.RunTime.TotalSeconds,
        run.Seconds.Select(second => second.Users).Append(run.Users).Max(),
        run.Aggregated.Requests,
        run.Aggregated.Failures,
        run.Aggregated.All.Percentile(0.95));
}
