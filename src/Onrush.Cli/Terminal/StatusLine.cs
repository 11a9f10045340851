using Onrush.Runs;

namespace Onrush.Cli.Terminal;

/// <summary>One line that says how a run is doing now, for output that is no terminal.</summary>
internal static class StatusLine
{
    /// <summary>Rates and times are those of the last complete second, so that a frozen target shows at once.</summary>
    public static string Render(RunSnapshot run)
    {
        RunSecond? second = run.Seconds.Count > 0 ? run.Seconds[^1] : null;
        string p50 = "-", p95 = "-";
        if (second is { Times.Count: > 0 })
            (p50, p95) = (Numbers.Ms(second.Times.MedianMs), Numbers.Ms(second.Times.Percentile(0.95)));
        string users = run.Users == run.TargetUsers ? $"{run.Users}" : $"{run.Users}/{run.TargetUsers}";
        return $"{Numbers.Clock(run.RunTime),7}  users {users}  req/s {Numbers.ShortRate(run.Aggregated.CurrentRps)}"
            + $"  fail/s {Numbers.ShortRate(run.Aggregated.CurrentFailuresPerSecond)}  p50 {p50}  p95 {p95}"
            + $"  in flight {run.InFlight}  oldest {Numbers.Age(run.OldestRequest)}  generator {Percent(run)}% busy{Bound(second)}{FailedChecks(run)}";
    }

    private static string Percent(RunSnapshot run) => run.Generator.BusyPercent.ToString("0", System.Globalization.CultureInfo.InvariantCulture);

    private static string FailedChecks(RunSnapshot run) =>
        run.Checks.Sum(row => row.Fails) is > 0 and var failed ? $"  checks failed {Numbers.Count(failed)}" : "";

    private static string Bound(RunSecond? second) => second is { GeneratorBound: true } ? " GENERATOR-BOUND" : "";
}
