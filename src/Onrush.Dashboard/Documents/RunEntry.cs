using Onrush.Runs;
using Onrush.Runs.Store;

namespace Onrush.Dashboard;

/// <summary>A line of the history.</summary>
internal sealed record RunEntry(
    string? Id, string Name, string LoadTest, string? Host, DateTimeOffset? StartTime, double RunTimeSeconds, int Users, long Requests, double Rps, double? P95Ms,
    double FailureRatio, string Verdict, RunPhase State)
{
    private const string Passed = "passed", Failed = "failed", None = "none";

    /// <summary>A run of this process.</summary>
    public static RunEntry Of(RunView run)
    {
        var (snapshot, all) = (run.Snapshot, run.Snapshot.Aggregated);
        int users = Math.Max(snapshot.Users, snapshot.Seconds.Select(s => s.Users).DefaultIfEmpty(0).Max());
        return new RunEntry(
            run.Id, run.Id ?? "", run.LoadTest, run.Options.Host, snapshot.StartTime, Math.Round(snapshot.RunTime.TotalSeconds, 3), users, all.Requests,
            Numbers.Short(all.TotalRps), all.All.Count == 0 ? null : Numbers.Short(all.All.Percentile(0.95)), Math.Round(all.FailureRatio, 6),
            snapshot.Phase != RunPhase.Stopped ? None : IsBad(snapshot) ? Failed : Passed, snapshot.Phase);
    }

    /// <summary>A run of the store; null when it has no figures.</summary>
    public static RunEntry? Of(RunListing listing)
    {
        if (listing.Figures is not { } figures)
            return null;
        var run = listing.Run;
        return new RunEntry(
            run.Id, run.Id, listing.Plan?.LoadTest ?? run.Name, listing.Plan?.Host, run.Created, Math.Round(figures.Seconds, 3), figures.Users, figures.Requests,
            figures.Seconds > 0 ? Numbers.Short(figures.Requests / figures.Seconds) : 0, figures.Requests == 0 ? null : Numbers.Short(figures.P95Ms),
            figures.Requests == 0 ? 0 : Math.Round((double)figures.Failures / figures.Requests, 6),
            listing.Verdict switch { null => None, { Passed: true } => Passed, _ => Failed }, run.IsRunning ? RunPhase.Running : RunPhase.Stopped);
    }

    // As the verdict of the command: rules decide where there are any.
    private static bool IsBad(RunSnapshot run) => !run.Conservation.Holds
        || (run.Rules.Count > 0 ? run.Rules.Any(rule => rule.Passed != true) : run.Aggregated.Failures > 0 || run.Exceptions.Count > 0);
}
