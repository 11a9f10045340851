namespace Onrush.Runs;

/// <summary>What one worker measured since the start of the run, all its lives together. Immutable.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Users">Users on it when it last reported.</param>
/// <param name="Requests">Requests finished.</param>
/// <param name="Failures">Those that failed.</param>
/// <param name="Times">Response times; of its last life where it had several.</param>
internal sealed record WorkerFigures(string Worker, int Users, long Requests, long Failures, ResponseTimes Times)
{
    /// <summary>Failed share of the finished requests, 0 to 1.</summary>
    public double FailureRatio => Requests == 0 ? 0 : (double)Failures / Requests;

    /// <summary>The workers of a run.</summary>
    public static IReadOnlyList<WorkerFigures> Of(IEnumerable<WorkerLife> lives) =>
    [
        .. from life in lives
           group life by life.Worker into worker
           let last = worker.MaxBy(life => life.Incarnation)!
           select new WorkerFigures(worker.Key, last.Gauges.Users, worker.Sum(w => w.Requests), worker.Sum(w => w.Failures), last.Times.Shown),
    ];
}
