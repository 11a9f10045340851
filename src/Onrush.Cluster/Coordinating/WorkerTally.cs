using Onrush.Measurement;

namespace Onrush.Cluster;

/// <summary>What the reports of one worker come to, as far as a coordinator decides by it. Used by one thread.</summary>
internal sealed class WorkerTally
{
    /// <summary>End of its last report, in milliseconds of Unix time; 0 before the first.</summary>
    public long ReportedMs { get; private set; }

    /// <summary>Iterations that it has said were begun or dropped, by scenario.</summary>
    public Dictionary<string, long> Iterations { get; } = [];

    /// <summary>Takes a report into account.</summary>
    public void Take(IntervalReport report)
    {
        ReportedMs = Math.Max(ReportedMs, report.EndUnixMs);
        foreach (var iterations in report.Totals.Iterations.Values)
            Iterations[iterations.Scenario] = Iterations.GetValueOrDefault(iterations.Scenario) + iterations.Duration.Count + iterations.Interrupted + iterations.Dropped;
    }
}
