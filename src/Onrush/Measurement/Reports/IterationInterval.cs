namespace Onrush.Measurement;

/// <summary>Iterations of one scenario in one interval. Immutable; merging is addition.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Failed">Finished ones that an exception ended.</param>
/// <param name="Duration">How long the finished ones took; its count is the number of iterations.</param>
/// <param name="Lateness">How late the scheduled ones started.</param>
/// <param name="FromDue">Time from the due start to the end, of the scheduled ones: free of coordinated omission.</param>
internal sealed record IterationInterval(string Scenario, long Failed, HistogramData Duration, HistogramData Lateness, HistogramData FromDue)
{
    /// <summary>Iterations that fell due on a schedule, whatever became of them.</summary>
    public long Offered { get; init; }

    /// <summary>Iterations that were due and were never started: k6's dropped_iterations.</summary>
    public long Dropped { get; init; }

    /// <summary>Iterations that were cut by the stop of their user; in no other figure.</summary>
    public long Interrupted { get; init; }

    /// <summary>What a loop counted of one scenario.</summary>
    public static IterationInterval From(ScenarioCounters counters) =>
        new(
            counters.Name,
            counters.Failed,
            HistogramData.From(counters.Duration),
            HistogramData.From(counters.Lateness),
            HistogramData.From(counters.FromDue))
        {
            Offered = counters.Offered,
            Dropped = counters.Dropped,
            Interrupted = counters.Interrupted,
        };

    /// <summary>Both together.</summary>
    /// <exception cref="ArgumentException">They are of different scenarios.</exception>
    public static IterationInterval Merge(IterationInterval a, IterationInterval b) =>
        a.Scenario != b.Scenario
            ? throw new ArgumentException("Only iterations of the same scenario add up.", nameof(b))
            : new(
                a.Scenario,
                a.Failed + b.Failed,
                HistogramData.Merge(a.Duration, b.Duration),
                HistogramData.Merge(a.Lateness, b.Lateness),
                HistogramData.Merge(a.FromDue, b.FromDue))
            {
                Offered = a.Offered + b.Offered,
                Dropped = a.Dropped + b.Dropped,
                Interrupted = a.Interrupted + b.Interrupted,
            };
}
