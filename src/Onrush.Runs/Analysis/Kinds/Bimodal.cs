namespace Onrush.Runs.Analysis;

/// <summary>An endpoint with two speeds at the same time: hits and misses of a cache, two servers behind one name, a path that takes a lock.</summary>
internal static class Bimodal
{
    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        foreach (var row in analysed.Run.Series.Where(r => r.SuccessTimes.Count > 0).OrderByDescending(r => r.Requests))
        {
            if (TwoModes.Of(row.SuccessTimes) is not { } modes || !AreBothAtOnce(analysed, row, modes.BorderMs))
                continue;
            yield return new Finding(
                FindingKind.Bimodal, FindingSeverity.Warning, $"{row.Name} has two speeds",
                $"{Say.Percent(1 - modes.SlowShare)} of the responses of {row.Method} {row.Name} take about {Say.Ms(modes.FastMs)}, {Say.Percent(modes.SlowShare)} about {Say.Ms(modes.SlowMs)}, with little in between, all through the run. "
                    + "An average or median of both describes neither: hits and misses of a cache, two servers behind one name, a path that waits for something.")
            {
                Evidence = [new("Fast", $"{Say.Percent(1 - modes.SlowShare)} at {Say.Ms(modes.FastMs)}"), new("Slow", $"{Say.Percent(modes.SlowShare)} at {Say.Ms(modes.SlowMs)}"), new("Responses", Say.Count(row.SuccessTimes.Count))],
                Charts = [FindingChart.Times],
            };
            yield break;
        }
    }

    // Fast in the morning and slow at noon is a change, not two speeds.
    private static bool AreBothAtOnce(AnalysedRun analysed, SeriesRow row, double borderMs)
    {
        if (row.Requests > analysed.Run.Aggregated.Requests * 0.8)
        {
            RunSecond[] points = [.. analysed.Points.Where(p => p.Times.Count >= 20)];
            return points.Length > 0 && points.Count(p => Above(p, borderMs) is > 0.03 and < 0.97) >= points.Length * 0.6;
        }

        CoursePoint[] course = [.. (analysed.Run.Course.Points(new EndpointKey(row.Scenario, row.Method, row.Name)) ?? []).Where(p => p.Requests >= 20)];
        return course.Length > 0 && course.Count(p => p.P50Ms < borderMs && p.P99Ms > borderMs) >= course.Length * 0.6;
    }

    private static double Above(RunSecond point, double borderMs)
    {
        long above = 0;
        var data = point.Distribution;
        for (int i = data.Buckets.Length - 1; i >= 0 && Measurement.HistogramLayout.LowerBound(data.Buckets[i]) > borderMs * 1e6; i--)
            above += data.Counts[i];
        return (double)above / Math.Max(1, data.Count);
    }
}
