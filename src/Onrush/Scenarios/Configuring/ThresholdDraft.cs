using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>A threshold as its author wrote it, not checked yet.</summary>
internal sealed record ThresholdDraft(string? Metric, string? Expression, bool AbortOnFail, Duration? DelayAbort, SourcePlace Place)
{
    /// <summary>What is checked without knowing metrics.</summary>
    /// <exception cref="LoadTestException">It has no metric or rule, or its delay is no length of time.</exception>
    public ThresholdText Build()
    {
        if (string.IsNullOrWhiteSpace(Metric))
            throw new LoadTestException("A threshold has no metric: name one, such as http_req_duration.", Place);
        if (string.IsNullOrWhiteSpace(Expression))
            throw new LoadTestException($"Threshold {Metric}: it has no rule; give it one, such as p(95)<500.", Place);
        if ((DelayAbort is { } delay ? Faults.Length("delayAbort", delay, TimeSpan.Zero) : null) is { } bad)
            throw new LoadTestException($"Threshold {Metric}: {bad}.", Place);
        return new ThresholdText(Metric.Trim(), Expression.Trim(), AbortOnFail, DelayAbort?.Value ?? TimeSpan.Zero) { Place = Place };
    }
}
