using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class IntervalReportTests
{
    [Fact]
    public void Merging_neighbours_is_commutative_and_associative()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var worker = new RandomWorker("w", seed);
            var (a, b, c) = (worker.Next(), worker.Next(), worker.Next());
            string left = ReportText.Of(IntervalReport.Merge(IntervalReport.Merge(a, b), c));
            ReportText.Of(IntervalReport.Merge(a, IntervalReport.Merge(b, c))).ShouldBe(left);
            ReportText.Of(IntervalReport.Merge(c, IntervalReport.Merge(b, a))).ShouldBe(left);
        }
    }

    [Fact]
    public void Totals_of_different_workers_add_up_in_any_order_and_grouping()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var (a, b, c) = (Totals("a", seed), Totals("b", seed + 1000), Totals("c", seed + 2000));
            string left = ReportText.Of(IntervalTotals.Merge(IntervalTotals.Merge(a, b), c));
            ReportText.Of(IntervalTotals.Merge(c, IntervalTotals.Merge(b, a))).ShouldBe(left);
            ReportText.Of(IntervalTotals.Merge(a, IntervalTotals.Merge(b, c))).ShouldBe(left);
            ReportText.Of(IntervalTotals.Merge(a, IntervalTotals.Empty)).ShouldBe(ReportText.Of(a));
        }
    }

    [Fact]
    public void A_merged_report_spans_both_and_shows_how_things_stood_at_the_later_end()
    {
        var worker = new RandomWorker("w", 1);
        var (a, b) = (worker.Next(), worker.Next());
        var merged = IntervalReport.Merge(b, a);
        (merged.FirstSequence, merged.LastSequence).ShouldBe((1, 2));
        merged.StartUnixMs.ShouldBe(a.StartUnixMs);
        merged.DurationNs.ShouldBe(a.DurationNs + b.DurationNs);
        merged.Gauges.ShouldBe(b.Gauges);
    }

    [Fact]
    public void Only_neighbours_of_one_life_of_one_worker_are_merged()
    {
        var worker = new RandomWorker("w", 1);
        var (a, b, c) = (worker.Next(), worker.Next(), worker.Next());
        Should.Throw<ArgumentException>(() => IntervalReport.Merge(a, c));
        Should.Throw<ArgumentException>(() => IntervalReport.Merge(a, a));
        Should.Throw<ArgumentException>(() => IntervalReport.Merge(a, b with { Worker = "v" }));
        Should.Throw<ArgumentException>(() => IntervalReport.Merge(a, b with { Incarnation = 2 }));
    }

    private static IntervalTotals Totals(string name, int seed) => new RandomWorker(name, seed).Next().Totals;
}
