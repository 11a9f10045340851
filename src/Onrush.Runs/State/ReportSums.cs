using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>The counts of one report added up over its series: what the timeline keeps.</summary>
internal sealed record ReportSums(
    long Requests, long Failures, long Cancelled, long Iterations, long BytesSent, long BytesReceived, HistogramData Times,
    long ArrivalsStarted = 0, long ArrivalsDropped = 0)
{
    /// <summary>Where the requests ended, and what connecting took.</summary>
    public StageCounts Stages { get; init; } = StageCounts.None;

    /// <summary>The sums of a report.</summary>
    public static ReportSums Of(IntervalReport report)
    {
        long requests = 0, failures = 0, cancelled = 0, sent = 0, received = 0;
        var times = new HistogramTotal();
        foreach (var series in report.Totals.Series.Values)
        {
            requests += series.Succeeded + series.Failed;
            failures += series.Failed;
            cancelled += series.Cancelled;
            sent += series.BytesSent;
            received += series.BytesReceived;
            times.Add(series.Time(RequestTime.Success));
            times.Add(series.Time(RequestTime.Failure));
        }
        long iterations = report.Totals.Iterations.Values.Sum(i => i.Duration.Count);
        return new ReportSums(requests, failures, cancelled, iterations, sent, received, times.ToData(),
            report.Totals.Iterations.Values.Sum(i => i.Lateness.Count), report.Totals.Iterations.Values.Sum(i => i.Dropped))
        {
            Stages = StageCounts.Of(report.Totals),
        };
    }
}
