using Onrush.Measurement;

namespace Onrush.Runs.Tests;

public sealed class RatesTests
{
    [Fact]
    public void The_current_rate_is_that_of_the_last_complete_second()
    {
        var worker = new FakeWorker();
        var state = Fold.Of(worker.Requests(100).Report(), worker.Requests(40).Requests(2, outcome: Outcome.Reset).Report());
        var row = state.At(2.05).Series.Single();
        (row.CurrentRps, row.CurrentFailuresPerSecond).ShouldBe((42, 2));
        row.TotalRps.ShouldBe(142 / 2.05, 1e-9);
        row.TotalFailuresPerSecond.ShouldBe(2 / 2.05, 1e-9);
    }

    [Fact]
    public void A_frozen_target_shows_zero_with_the_next_report()
    {
        var worker = new FakeWorker();
        var state = Fold.Of(worker.Requests(100).Report());
        state.At(1.01).Aggregated.CurrentRps.ShouldBe(100);
        worker.Begin();
        worker.OldestMs = 900;
        state.Apply(worker.Report());
        var frozen = state.At(2.01);
        frozen.Aggregated.CurrentRps.ShouldBe(0);
        (frozen.InFlight, frozen.OldestRequest).ShouldBe((1, TimeSpan.FromMilliseconds(900)));
        frozen.Seconds[^1].InFlight.ShouldBe(1);
        frozen.Seconds[^1].OldestRequestMs.ShouldBe(900);
    }

    [Fact]
    public void A_report_that_is_still_on_its_way_does_not_show_as_zero_but_silence_does()
    {
        var state = Fold.Of(new FakeWorker().Requests(100).Report());
        state.At(2.01).Aggregated.CurrentRps.ShouldBe(100);
        state.At(3.01).Aggregated.CurrentRps.ShouldBe(0);
    }

    [Fact]
    public void Workers_add_up_although_their_seconds_begin_a_little_apart()
    {
        var (a, b) = (new FakeWorker("a", startMs: -30), new FakeWorker("b", startMs: 60));
        var state = Fold.Of(a.Requests(10).Report(), b.Requests(5).Report(), a.Requests(1).Report(), b.Requests(2).Report());
        state.At(2.1).Aggregated.CurrentRps.ShouldBe(3);
        state.At(2.1).Seconds.Select(s => (s.StartSecond, s.Requests)).ShouldBe([(0, 15), (1, 3)]);
    }

    [Theory]
    [InlineData(0.0, 1.0, 0, 1)]
    [InlineData(2.98, 1.01, 3, 1)]
    [InlineData(3.02, 0.3, 3, 1)]
    [InlineData(3.6, 0.4, 3, 1)]
    [InlineData(2.0, 3.0, 2, 3)]
    [InlineData(-0.3, 1.3, 0, 1)]
    [InlineData(-5, 1, 0, 1)]
    public void A_report_belongs_to_the_seconds_it_covers(double start, double length, int first, int count)
    {
        var report = new IntervalReport
        {
            Worker = "w", Incarnation = 1, FirstSequence = 1, LastSequence = 1,
            StartUnixMs = 1_000_000 + (long)Math.Round(start * 1000), DurationNs = (long)(length * 1e9),
        };
        ReportSpan.Of(report, 1_000_000).ShouldBe(new ReportSpan(first, count));
    }

    [Fact]
    public void The_shares_of_a_long_report_add_up()
    {
        var span = new ReportSpan(0, 7);
        foreach (long total in new long[] { 0, 1, 6, 7, 100, long.MaxValue })
            Enumerable.Range(0, 7).Select(i => span.Share(total, i)).Sum().ShouldBe(total);
    }

    [Fact]
    public void A_long_report_is_spread_over_its_seconds()
    {
        var worker = new FakeWorker();
        var state = Fold.Of(worker.Report(), worker.Requests(90).Report(3));
        state.At(4).Seconds.Select(s => s.Requests).ShouldBe([0, 30, 30, 30]);
        state.At(4).Aggregated.CurrentRps.ShouldBe(30);
    }
}
