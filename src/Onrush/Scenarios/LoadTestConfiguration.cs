using Onrush.Users;

namespace Onrush.Scenarios;

/// <summary>What <see cref="LoadTest.Configure"/> asked for, checked. Immutable.</summary>
/// <param name="Scenarios">In the order of the source; empty leaves it to users and spawn rate of the run.</param>
/// <param name="Thresholds">In the order of the source, not parsed.</param>
/// <param name="Limits">The error budget; null when none was given.</param>
internal sealed record LoadTestConfiguration(
    IReadOnlyList<ScenarioPlan> Scenarios, IReadOnlyList<ThresholdText> Thresholds, IterationLimits? Limits)
{
    /// <summary>What a load test without <see cref="LoadTest.Configure"/> has.</summary>
    public static readonly LoadTestConfiguration Empty = new([], [], null);
}

/// <summary>A rule over a metric as its author wrote it.</summary>
/// <param name="Metric">The metric, with a filter of tags if any: <c>http_req_duration{name:call coupon}</c>.</param>
/// <param name="Expression">The rule, for instance <c>p(95)&lt;1000</c>.</param>
/// <param name="AbortOnFail">Whether the run ends as soon as it is broken.</param>
/// <param name="DelayAbort">Time from the start of the run before which it does not.</param>
internal sealed record ThresholdText(string Metric, string Expression, bool AbortOnFail, TimeSpan DelayAbort)
{
    /// <summary>Where it stands; null when it did not come from the load test.</summary>
    public SourcePlace? Place { get; init; }
}

/// <summary>The shares of iterations and checks, from 0 to 1, that may end badly; null sets no limit.</summary>
/// <param name="Failed">Share of the iterations that an exception ended.</param>
/// <param name="Interrupted">Share of the iterations started that were cut.</param>
/// <param name="Dropped">Share of the iterations due that never started.</param>
/// <param name="Checks">Share of the checks that failed.</param>
internal sealed record IterationLimits(double? Failed, double? Interrupted, double? Dropped, double? Checks = null);
