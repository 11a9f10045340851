namespace Onrush.Runs.Analysis;

/// <summary>What the target gave while the load was about the same.</summary>
/// <param name="Load">Users, on average.</param>
/// <param name="Throughput">Requests per second that succeeded.</param>
/// <param name="ResponseMs">Mean response time in milliseconds.</param>
/// <param name="Concurrency">Requests that were worked on at the same time: throughput times response time.</param>
/// <param name="TypicalMs">What half of the requests took at most, in the middle one of its seconds: some slow ones at the start do not move it.</param>
/// <param name="Seconds">Time that this rests on.</param>
internal sealed record LoadLevel(double Load, double Throughput, double ResponseMs, double Concurrency, double TypicalMs, double Seconds)
{
    // Steps of a quarter: enough to see a curve, few enough that each has several seconds.
    private const double Step = 1.25;

    /// <summary>The levels of a run from the lowest to the highest. Seconds in which the generator was the limit, or nothing finished, say nothing about the target.</summary>
    public static IReadOnlyList<LoadLevel> Of(IReadOnlyList<RunSecond> points) =>
    [
        .. from point in points
           where point is { Users: > 0, GeneratorBound: false } && point.Times.Count > 0
           group point by (int)Math.Floor(Math.Log(point.Users) / Math.Log(Step)) into level
           orderby level.Key
           select Merge([.. level]),
    ];

    private static LoadLevel Merge(RunSecond[] points)
    {
        double seconds = points.Sum(p => p.LengthSeconds);
        double finished = points.Sum(p => p.Times.Count);
        double ms = points.Sum(p => p.Times.AverageMs * p.Times.Count);
        return new LoadLevel(
            points.Sum(p => (double)p.Users * p.LengthSeconds) / seconds,
            points.Sum(p => p.Requests - p.Failures) / seconds,
            ms / finished,
            ms / 1000 / seconds,
            Statistics.Median(points.Select(p => p.Times.MedianMs)),
            seconds);
    }
}
