namespace Onrush.Runs.Analysis;

/// <summary>Failures that come back faster than answers, so that the same users ask more often than before: load that the failing target makes worse.</summary>
internal static class RetryStorm
{
    private const int Fewest = 3;
    private const double Factor = 2;

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        RunSecond[] known = [.. analysed.Points.Where(p => p is { Users: > 0, Requests: > 0 })];
        RunSecond[] good = [.. known.Where(p => p.Failures < p.Requests * 0.05)], failing = [.. known.Where(p => p.Failures > p.Requests * 0.5)];
        if (good.Length < Fewest || failing.Length < Fewest)
            yield break;
        double before = Statistics.Median(good.Select(PerUser)), then = Statistics.Median(failing.Select(PerUser));
        if (then < before * Factor)
            yield break;
        yield return new Finding(
            FindingKind.RetryStorm, FindingSeverity.Warning, "Failures multiply the load",
            $"While most requests failed, a user sent {Say.Digits(then)} requests per second instead of {Say.Digits(before)}: failures come back at once, and the next try follows. "
                + "The rates of that time say nothing about the target; real clients should back off, and so should the load test.")
        {
            Evidence = [new("Per user and second, before", Say.Digits(before)), new("While failing", Say.Digits(then)), new("Seconds of failing", Say.Count(failing.Sum(p => p.LengthSeconds)))],
            FromSeconds = failing[0].StartSecond,
            ToSeconds = AnalysedRun.End(failing[^1]),
            Charts = [FindingChart.Throughput, FindingChart.Users],
        };
    }

    private static double PerUser(RunSecond point) => point.Rps / point.Users;
}
