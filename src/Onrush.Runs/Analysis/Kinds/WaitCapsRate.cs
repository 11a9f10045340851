namespace Onrush.Runs.Analysis;

/// <summary>Users that nearly always wait: their number and their waits make the rate, and the target could be anything.</summary>
internal static class WaitCapsRate
{
    private const int FewestUsers = 50, FewestPoints = 8;
    private const double Idle = 0.002, IdleUnderThreshold = 0.2;

    private static readonly string[] Rates = ["http_reqs", "requests", "iterations"];

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        RunSecond[] steady = [.. analysed.Steady.Where(p => p.Iterations > 0)];
        if (steady.Length < FewestPoints || analysed.IsOpen)
            yield break;
        double seconds = steady.Sum(p => p.LengthSeconds), users = steady.Sum(p => (double)p.Users * p.LengthSeconds) / seconds;
        double iterations = steady.Sum(p => p.Iterations) / seconds, busy = steady.Sum(p => p.Stages.IterationNs / 1e9) / seconds;
        // A rule about a rate that is not kept makes the wait the answer to a question that was asked.
        RuleRow? rule = analysed.Run.Rules.FirstOrDefault(r => r.Passed == false && Array.Exists(Rates, r.Subject.StartsWith) && (r.Expression.Contains("rate>", StringComparison.Ordinal) || r.Expression.Contains("count>", StringComparison.Ordinal)));
        if (iterations <= 0 || busy > users * (rule is null ? Idle : IdleUnderThreshold) || (rule is null && users < FewestUsers))
            yield break;
        double wait = users / iterations - busy / iterations;
        yield return new Finding(
            FindingKind.WaitCapsRate, rule is null ? FindingSeverity.Info : FindingSeverity.Warning, "The waits make the rate, not the target",
            $"{Say.Plural(users, "user")} that wait {Say.Seconds(wait)} after each task cannot do more than {Say.Rate(users / wait)} tasks, however fast the target is; it needs {Say.Ms(busy / iterations * 1000)} of that. "
                + (rule is null ? "To see what the target can do, take more users or shorter waits." : $"The rule '{rule.Subject}: {rule.Expression}' needs more users or shorter waits."))
        {
            Evidence = [new("Users", Say.Count(users)), new("Wait after a task", Say.Seconds(wait)), new("Task itself", Say.Ms(busy / iterations * 1000)), new("Share of the time at work", Say.Percent(busy / users))],
            FromSeconds = steady[0].StartSecond,
            ToSeconds = AnalysedRun.End(steady[^1]),
            Charts = [FindingChart.Throughput, FindingChart.InFlight],
        };
    }
}
