namespace Onrush.Runs.Analysis;

/// <summary>What is the ramp's and not the load's: a run that ended before all users were there, and percentiles that the ramp made.</summary>
internal static class Ramp
{
    private const double Reached = 0.95, Factor = 1.5;
    private const int FewestSteady = 10;

    public static IEnumerable<Finding> Find(AnalysedRun analysed) => Finding.Perhaps(Unfinished(analysed) ?? Steep(analysed));

    private static Finding? Unfinished(AnalysedRun analysed)
    {
        int wanted = analysed.Run.MostTargetUsers;
        if (!analysed.IsOver || analysed.IsOpen || !analysed.Run.IsRamped || analysed.Points.Count < 3 || wanted == 0 || analysed.MostUsers >= wanted * Reached)
            return null;
        // Users that have ended by themselves were there.
        if (analysed.Run.UsersStarted >= wanted * Reached)
            return null;
        return new Finding(
            FindingKind.Ramp, FindingSeverity.Warning, "The run ended within the ramp",
            $"{Say.Count(analysed.MostUsers)} of {Say.Plural(wanted, "user")} were there when the run ended: no figure is that of {Say.Plural(wanted, "user")}. Raise the spawn rate or the run time.")
        {
            Evidence = [new("Users, at most", Say.Count(analysed.MostUsers)), new("Asked for", Say.Count(wanted)), new("Length of the run", Say.Seconds(analysed.Seconds))],
            FromSeconds = 0,
            ToSeconds = AnalysedRun.End(analysed.Points[^1]),
            Charts = [FindingChart.Users, FindingChart.Throughput],
        };
    }

    private static Finding? Steep(AnalysedRun analysed)
    {
        var all = analysed.Run.Aggregated.All;
        RunSecond[] steady = [.. analysed.Steady.Where(p => p.Times.Count > 0)];
        if (steady.Length < FewestSteady || analysed.Run.Phase == RunPhase.Spawning)
            return null;
        RunSecond[] ramp = [.. analysed.Points.Where(p => p.StartSecond < steady[0].StartSecond && p.Times.Count > 0)];
        double rampP95 = Statistics.Quantile(ramp.Select(p => p.Times.Percentile(0.95)), 0.8), steadyP95 = Statistics.Median(steady.Select(p => p.Times.Percentile(0.95)));
        double steadyP99 = Statistics.Quantile(steady.Select(p => p.Times.Percentile(0.99)), 0.9);
        if (ramp.Length < 2 || rampP95 < steadyP95 * 3 || rampP95 < steadyP95 + 20 || all.Percentile(0.99) < steadyP99 * Factor)
            return null;
        return new Finding(
            FindingKind.Ramp, FindingSeverity.Warning, "The ramp makes the percentiles",
            $"While users were being started p95 was {Say.Ms(rampP95)}, after that {Say.Ms(steadyP95)}. The p99 of the whole run, {Say.Ms(all.Percentile(0.99))}, is that of the ramp; under steady load it is {Say.Ms(steadyP99)}. "
                + "Start users more slowly, or begin the totals anew after the ramp.")
        {
            Evidence = [new("p95 in the ramp", Say.Ms(rampP95)), new("p95 after it", Say.Ms(steadyP95)), new("p99 of the run", Say.Ms(all.Percentile(0.99))), new("p99 after the ramp", Say.Ms(steadyP99))],
            FromSeconds = ramp[0].StartSecond,
            ToSeconds = steady[0].StartSecond,
            Charts = [FindingChart.Users, FindingChart.Times],
        };
    }
}
