using System.Globalization;
using Onrush.Scenarios;

namespace Onrush.Runs;

/// <summary>
/// The error budget of a run. Each limit is the largest share that may end badly:
/// <code>
/// limit         share of
/// failed        the finished iterations that an exception ended
/// interrupted   the started iterations that were cut
/// dropped       the iterations due that never started
/// checks        the checks that failed
/// </code>
/// </summary>
internal static class IterationBudget
{
    /// <summary>How the limits stand; a pure function of what was measured.</summary>
    public static IEnumerable<RuleRow> Judge(IterationLimits? limits, MetricView metrics)
    {
        if (limits is null)
            yield break;
        var finished = Count("iterations");
        var failed = metrics.Read("iterations_failed", []).Passes;
        var started = finished + Count("interrupted_iterations");
        var due = started + Count("dropped_iterations");
        if (limits.Failed is { } share)
            yield return Row("iterations", "failed", share, failed, finished) with { CoversExceptions = true };
        if (limits.Interrupted is { } cut)
            yield return Row("iterations", "interrupted", cut, started - finished, started);
        if (limits.Dropped is { } dropped)
            yield return Row("iterations", "dropped", dropped, due - started, due);
        if (limits.Checks is { } wrong && metrics.Read(BuiltInMetrics.Checks, []) is var checks)
            yield return Row("checks", "failed", wrong, checks.Fails, checks.Count);

        long Count(string metric) => (long)metrics.Read(metric, []).Sum;
    }

    /// <summary>
    /// What thresholds alone do not see: a run in which every iteration failed has tested nothing, however fast it was. Gives a broken rule, or nothing.
    /// </summary>
    public static IEnumerable<RuleRow> NothingTested(MetricView metrics)
    {
        var failed = metrics.Read("iterations_failed", []);
        if (failed.Count > 0 && failed.Fails == 0)
            yield return new RuleRow(RuleKind.Limit, "iterations", "failed<1", false) { Value = 1, Found = $"all {Text(failed.Count)} failed" };
    }

    private static RuleRow Row(string subject, string what, double limit, long bad, long all)
    {
        var expression = string.Create(CultureInfo.InvariantCulture, $"{what}<={limit}");
        if (all == 0)
            return new RuleRow(RuleKind.Limit, subject, expression, null) { Found = "no data" };
        var share = (double)bad / all;
        return new RuleRow(RuleKind.Limit, subject, expression, share <= limit) { Value = share, Found = $"{Text(bad)} of {Text(all)} ({MetricText.Percent(share)})" };
    }

    private static string Text(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
