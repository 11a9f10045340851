using Onrush.Runs;

namespace Onrush.Dashboard;

/// <summary>
/// What a run shows while it goes on, in words. To look through an hour of seconds takes some ten milliseconds, which is more than all else that an update costs: so
/// it is done only as often as it takes a five-hundredth of one core. Once the run is over, what is shown is of its end. Any thread may ask.
/// </summary>
internal sealed class LiveFindings(TimeProvider time)
{
    private const int Share = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private (string? RunId, IReadOnlyList<Finding> Findings, long Next)? _last;

    /// <summary>The findings of a run: those of its newest second, or of some seconds before.</summary>
    public IReadOnlyList<Finding> Of(RunView run)
    {
        lock (_gate)
        {
            if (run.Snapshot.Phase == RunPhase.Stopped)
                return RunAnalysis.Findings(run.Snapshot);
            long now = time.GetTimestamp();
            if (_last is { } last && last.RunId == run.Id && now < last.Next)
                return last.Findings;
            var found = RunAnalysis.Findings(run.Snapshot);
            long wait = Math.Min((time.GetTimestamp() - now) * Share, (long)(Longest.TotalSeconds * time.TimestampFrequency));
            _last = (run.Id, found, now + wait);
            return found;
        }
    }
}
