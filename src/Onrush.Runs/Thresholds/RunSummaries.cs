namespace Onrush.Runs;

/// <summary>Puts together what a load test is told of its run.</summary>
internal static class RunSummaries
{
    /// <summary>A run that is over, as its author sees it.</summary>
    public static RunSummary Of(RunSnapshot run, MetricView metrics) => new(selector => Metric(selector, metrics))
    {
        StartTime = run.StartTime ?? run.TakenAt,
        Duration = run.RunTime,
        StopReason = run.StopReason ?? "",
        PeakUsers = run.Seconds.Select(second => second.Users).Append(run.Users).Max(),
        Requests = run.Aggregated.Requests,
        Failures = run.Aggregated.Failures,
        Cancelled = run.Aggregated.Cancelled,
        Iterations = run.AllIterations.Count,
        FailedIterations = run.AllIterations.Failed,
        Exceptions = run.Exceptions.Sum(row => row.Count),
        IsGeneratorBound = run.Generator.IsBound,
        Generator = run.Generator.Text,
        Endpoints =
        [
            .. run.Series.Select(row => new EndpointSummary(
                row.Scenario, row.Method, row.Name, row.Requests, row.Failures,
                row.All.AverageMs, row.All.MedianMs, row.All.Percentile(0.95), row.All.Percentile(0.99), row.All.MaxMs)),
        ],
        FailureTexts = [.. run.Failures.Select(row => new FailureSummary(row.Scenario, row.Method, row.Name, row.Message, row.Occurrences))],
        Thresholds = [.. run.Rules.Select(row => new ThresholdSummary(row.Subject, row.Expression, row.Passed is true, row.Found))],
    };

    private static MetricSummary Metric(string text, MetricView metrics)
    {
        MetricSelector selector;
        try
        {
            selector = ThresholdParser.Selector(text);
        }
        catch (ThresholdException e)
        {
            throw new ArgumentException($"'{text}': {e.Message}.", nameof(text));
        }

        var values = metrics.Read(selector.Metric, selector.Tags);
        return new MetricSummary(values.Percentile)
        {
            HasData = values.HasData,
            Count = values.Count,
            Sum = values.Sum,
            Rate = values.Rate,
            Last = values.Last,
            Min = values.Min,
            Max = values.Max,
            Average = values.Average,
        };
    }
}
