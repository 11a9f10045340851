namespace Onrush.Runs.Analysis;

/// <summary>Response times that grow and grow while the load stays the same: a leak, a table or list that gets longer, a cache without a bound.</summary>
internal static class Drift
{
    private const int Windows = 10, ShortestSeconds = 30;
    private const double LeastTrend = 0.8, LeastGrowth = 1.3, LeastMs = 3;

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        RunSecond[] steady = [.. analysed.Steady.Where(p => p.Times.Count > 0 && !p.GeneratorBound)];
        double seconds = steady.Sum(p => p.LengthSeconds);
        if (seconds < ShortestSeconds || steady.Length < 2 * Windows || IsOverrun(analysed, steady))
            yield break;
        RunSecond[][] windows = [.. steady.Chunk((int)Math.Ceiling(steady.Length / (double)Windows))];
        double[] course = [.. windows.Select(w => Statistics.Median(w.Select(p => p.Times.MedianMs)))];
        double first = course.Take(2).Average(), middle = course[course.Length / 2], last = course.TakeLast(2).Average();
        double trend = Statistics.Trend(course);
        // What only settles grows in its first half.
        if (trend < LeastTrend || last < first * LeastGrowth || last - first < LeastMs || last < middle * 1.08)
            yield break;
        double perMinute = Math.Pow(last / first, 60 / (seconds * (1 - 2.0 / Windows))) - 1;
        double rateThen = Rate(windows[0]), rateNow = Rate(windows[^1]);
        yield return new Finding(
            FindingKind.Drift, last > first * 2 ? FindingSeverity.Problem : FindingSeverity.Warning, "The target gets slower and slower",
            $"With {Say.Plural(steady[^1].Users, "user")} all the time the median grew from {Say.Ms(first)} to {Say.Ms(last)} in {Say.Seconds(seconds)}, by {Say.Percent(perMinute)} a minute, and it goes on. "
                + "Something in the target grows with what it has done: memory that leaks, a table or list that gets longer, a cache without a bound.")
        {
            Evidence =
            [
                new("Median at the beginning", Say.Ms(first)), new("Median at the end", Say.Ms(last)), new("Trend (Kendall's tau)", Say.Digits(trend)),
                new("Rate then and now", $"{Say.Rate(rateThen)}, {Say.Rate(rateNow)}"),
            ],
            FromSeconds = steady[0].StartSecond,
            ToSeconds = AnalysedRun.End(steady[^1]),
            Charts = [FindingChart.Times, FindingChart.Throughput],
        };
    }

    // More comes than is done: the queue grows, and the times with it. That is no drift of the target.
    private static bool IsOverrun(AnalysedRun analysed, RunSecond[] steady)
    {
        double offered = steady.Sum(p => p.ArrivalsStarted + p.ArrivalsDropped);
        return analysed.IsOpen && offered > 0 && steady.Sum(p => p.Iterations) < offered * 0.97;
    }

    private static double Rate(RunSecond[] points) => points.Sum(p => p.Requests) / (double)points.Sum(p => p.LengthSeconds);
}
