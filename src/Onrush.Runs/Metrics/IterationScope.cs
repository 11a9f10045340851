using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>Derives metrics from the iterations of the scenarios that a filter chooses.</summary>
internal sealed class IterationScope(MetricScope scope)
{
    private IEnumerable<IterationTotals> Chosen => scope.State.IterationTotals.Where(i => scope.Filter.TakesScenario(i.Scenario));

    /// <summary>A count of iterations.</summary>
    public MetricSink Count(Func<IterationTotals, long> count) => MetricSink.Counter(Chosen.Sum(count), scope.State.FoldedSeconds);

    /// <summary>The share of the finished iterations.</summary>
    public MetricSink Share(Func<IterationTotals, long> count) => MetricSink.Share(Chosen.Sum(count), Chosen.Sum(i => i.Count));

    /// <summary>A time of iterations.</summary>
    public MetricSink Times(Action<IterationTotals, HistogramTotal> add)
    {
        var total = new HistogramTotal();
        foreach (var iterations in Chosen)
            add(iterations, total);
        return MetricSink.Times(total);
    }
}
