namespace Onrush.Runs.Analysis;

/// <summary>
/// Workers whose clock is not the coordinator's. Their reports are set right by the offset that they measured, so the figures hold; what the machine writes
/// elsewhere does not fit to them.
/// </summary>
internal static class WorkerClock
{
    // A clock that is kept by NTP is within some tens of milliseconds; from half a second on a line of a log falls into another second of the run.
    private const double LeastMs = 500;

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        (string Worker, double AheadMs)[] known = [.. analysed.Run.Workers
            .Where(worker => worker.Standing is { Condition: not WorkerCondition.Lost })
            .Select(worker => (worker.Worker, -worker.Standing!.ClockOffsetNs / 1e6))];
        var off = known.Where(worker => Math.Abs(worker.AheadMs) >= LeastMs).OrderByDescending(worker => Math.Abs(worker.AheadMs)).ToArray();
        if (off.Length == 0)
            yield break;
        var (most, aheadMs) = off[0];
        yield return new Finding(
            FindingKind.WorkerClock, FindingSeverity.Info, off.Length == 1 ? $"The clock of worker {most} is not the master's" : $"The clocks of {Say.Count(off.Length)} workers are not the master's",
            $"That of {most} is {Say.Ms(Math.Abs(aheadMs))} {(aheadMs > 0 ? "ahead" : "behind")}. The figures of this run are set right by that; logs and metrics of that machine are not, so mind it when you put them side by side.")
        {
            Evidence = [.. off.Take(10).Select(worker => new FindingEvidence(worker.Worker, $"{Say.Ms(Math.Abs(worker.AheadMs))} {(worker.AheadMs > 0 ? "ahead" : "behind")}")), new("Workers", Say.Count(known.Length))],
        };
    }
}
