namespace Onrush.Measurement;

/// <summary>Finished iterations of one scenario in one interval. Immutable; merging is addition.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Failed">Those that an exception ended.</param>
/// <param name="Duration">How long they took; its count is the number of iterations.</param>
/// <param name="Lateness">How late the scheduled ones started.</param>
internal sealed record IterationInterval(string Scenario, long Failed, HistogramData Duration, HistogramData Lateness)
{
    /// <summary>What a loop counted of one scenario.</summary>
    public static IterationInterval From(ScenarioCounters counters) =>
        new(counters.Name, counters.Failed, HistogramData.From(counters.Duration), HistogramData.From(counters.Lateness));

    /// <summary>Both together.</summary>
    /// <exception cref="ArgumentException">They are of different scenarios.</exception>
    public static IterationInterval Merge(IterationInterval a, IterationInterval b) =>
        a.Scenario != b.Scenario
            ? throw new ArgumentException("Only iterations of the same scenario add up.", nameof(b))
            : new(a.Scenario, a.Failed + b.Failed, HistogramData.Merge(a.Duration, b.Duration), HistogramData.Merge(a.Lateness, b.Lateness));
}
