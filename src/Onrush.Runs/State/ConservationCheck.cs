namespace Onrush.Runs;

/// <summary>
/// Checks started = succeeded + failed + cancelled + in flight: the counts of the recorder against the count of the engine, worker by
/// worker, and series by series once nothing may be in flight any more. What was in flight on a worker that was lost stays so: nobody knows how it ended.
/// </summary>
internal static class ConservationCheck
{
    private const int MaxErrors = 20;

    /// <summary>The result for a run as it stands.</summary>
    /// <param name="series">All series.</param>
    /// <param name="lives">All workers, every incarnation.</param>
    /// <param name="over">Whether the run is over.</param>
    /// <param name="lost">Requests in flight on workers that were lost.</param>
    public static Conservation Of(IReadOnlyCollection<SeriesTotals> series, IReadOnlyCollection<WorkerLife> lives, bool over, long lost = 0)
    {
        var errors = new List<string>();
        foreach (var life in lives)
        {
            if (life.Applied.IsComplete && life.Open != life.Gauges.InFlight)
            {
                errors.Add(
                    $"Worker {life.Worker}: {life.Open} requests were begun and not ended, but the engine has {life.Gauges.InFlight} in flight.");
            }
            if (over)
            {
                foreach (var (first, last) in life.Applied.Gaps)
                    errors.Add($"Worker {life.Worker}: report {(first == last ? $"{first}" : $"{first} to {last}")} never came.");
            }
        }
        // While a report is under way, the end of a request may be known before its beginning.
        bool complete = lives.All(l => l.Applied.IsComplete);
        var mayBeOpen = lost != 0 && series.Sum(one => one.InFlight) == lost;
        foreach (var one in series)
        {
            if ((over && !mayBeOpen && one.InFlight != 0) || (complete && one.InFlight < 0))
            {
                errors.Add(
                    $"{one.Key.Method} {one.Key.Name}: {one.Started} requests were begun, {one.Ended} are accounted for.");
            }
        }
        if (errors.Count == 0)
            return Conservation.Holding;
        if (errors.Count > MaxErrors)
        {
            int more = errors.Count - MaxErrors;
            errors.RemoveRange(MaxErrors, more);
            errors.Add($"And {more} more.");
        }
        return new Conservation(errors);
    }
}
