namespace Onrush.Runs.Analysis;

/// <summary>One worker whose figures are not those of the others: a slow machine, another way through the network, another target behind the same name.</summary>
internal static class WorkerDiffers
{
    private const int Fewest = 100;
    private const double Factor = 1.8, LeastMs = 2;

    public static IEnumerable<Finding> Find(AnalysedRun analysed)
    {
        WorkerFigures[] workers = [.. analysed.Run.Workers.Where(w => w.Requests >= Fewest)];
        if (workers.Length < 2)
            yield break;
        foreach (var worker in workers)
        {
            WorkerFigures[] others = [.. workers.Where(w => w != worker)];
            double median = Statistics.Median(others.Select(w => w.Times.MedianMs)), p95 = Statistics.Median(others.Select(w => w.Times.Percentile(0.95)));
            double failing = Statistics.Median(others.Select(w => w.FailureRatio));
            bool slower = worker.Times.MedianMs > median * Factor && worker.Times.MedianMs > median + LeastMs && worker.Times.Percentile(0.95) > p95 * 1.2;
            // Of two, it is the slower one that stands out, not the faster one.
            bool fails = worker.FailureRatio > Math.Max(failing * 5, failing + 0.02);
            if (!slower && !fails)
                continue;
            yield return new Finding(
                FindingKind.WorkerDiffers, FindingSeverity.Warning, $"Worker {worker.Worker} differs from the others",
                slower
                    ? $"Its median is {Say.Ms(worker.Times.MedianMs)}, that of the others {Say.Ms(median)}. All ask the same target, so the difference lies with that worker: its machine, its way through the network, or where the name leads to from there."
                    : $"{Say.Percent(worker.FailureRatio)} of its requests failed, {Say.Percent(failing)} of those of the others: look at its network and its limits.")
            {
                Evidence =
                [
                    new("Its median, p95", $"{Say.Ms(worker.Times.MedianMs)}, {Say.Ms(worker.Times.Percentile(0.95))}"), new("The others'", $"{Say.Ms(median)}, {Say.Ms(p95)}"),
                    new("Failed", $"{Say.Percent(worker.FailureRatio)}, the others {Say.Percent(failing)}"), new("Workers", Say.Count(workers.Length)),
                    .. Own(worker, others),
                ],
            };
            yield break;
        }
    }

    // What its machine says of itself is the first thing to look at.
    private static IEnumerable<FindingEvidence> Own(WorkerFigures worker, WorkerFigures[] others)
    {
        if (worker.Machine is { } machine)
            yield return new("Its machine", machine);
        if (worker.Standing is { } standing && others.Select(w => w.Standing).OfType<WorkerStanding>().ToArray() is { Length: > 0 } known)
        {
            yield return new(
                "Its processor",
                $"{Say.Percent(standing.CpuPercent / 100)} of a core, {Say.Count(standing.Cores)} there; the others {Say.Percent(Statistics.Median(known.Select(s => s.CpuPercent)) / 100)}");
        }
    }
}
