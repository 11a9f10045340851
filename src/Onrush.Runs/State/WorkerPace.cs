using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>How a worker has kept up in its last reports, one a second as a rule. Immutable.</summary>
/// <param name="Overloaded">How many in a row, up to the last one, had a loop that was the limit because of what it had to do.</param>
/// <param name="Easy">How many in a row had none that was the limit, and none that had much to do.</param>
/// <param name="Busy">Busy share of its busiest loop in the last one, 0 to 1.</param>
internal readonly record struct WorkerPace(int Overloaded, int Easy, double Busy)
{
    /// <summary>A loop that is late and has less to do than this gets no processor: with fewer users it would be as late.</summary>
    public const double LeastBusy = 0.5;

    /// <summary>Up to this share a loop has room for more.</summary>
    public const double MostEasy = 0.6;

    /// <summary>The same after one more report.</summary>
    /// <param name="report">The report; one that is too short to mean anything changes nothing.</param>
    /// <param name="medianResponseNs">Median response time in it in nanoseconds; 0 when nothing finished.</param>
    public WorkerPace After(IntervalReport report, long medianResponseNs)
    {
        LoopHealth[] loops = [.. report.Totals.Loops.Values.Where(loop => loop.DurationNs >= GeneratorRule.ShortestNs)];
        if (loops.Length == 0)
            return this;
        LoopHealth[] bound = [.. loops.Where(loop => GeneratorRule.IsBound(loop, medianResponseNs))];
        var busiest = loops.Max(loop => loop.Busy);
        return new WorkerPace(
            bound.Any(loop => loop.Busy >= LeastBusy) ? Overloaded + 1 : 0,
            bound.Length == 0 && busiest <= MostEasy ? Easy + 1 : 0,
            busiest);
    }
}
