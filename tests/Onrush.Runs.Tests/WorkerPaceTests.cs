using Onrush.Measurement;
using Onrush.Runs.Journal;

namespace Onrush.Runs.Tests;

public sealed class WorkerPaceTests
{
    private const long Us = 1000;

    [Fact]
    public void Seconds_in_which_it_was_the_limit_and_those_in_which_it_had_room_are_counted_in_a_row()
    {
        var (worker, state) = (new FakeWorker("w"), Fold.Begun());
        var seen = new List<(int, int)>();
        foreach (var busy in new[] { 0.9, 0.95, 0.7, 0.99, 0.2, 0.3, 0.85 })
        {
            state.Apply(worker.Busy(busy, turns: 10_000).Report());
            seen.Add((state.Paces["w"].Overloaded, state.Paces["w"].Easy));
        }

        seen.ShouldBe([(1, 0), (2, 0), (0, 0), (1, 0), (0, 1), (0, 2), (1, 0)]);
        state.Paces["w"].Busy.ShouldBe(0.85, 0.01);
    }

    /// <summary>With fewer users a loop that gets no processor is as late as before.</summary>
    [Theory]
    [InlineData(0.3, 0)]
    [InlineData(0.6, 1)]
    public void A_loop_that_is_late_is_overloaded_only_if_it_has_something_to_do(double busy, int overloaded)
    {
        var report = Late(busy);
        new WorkerPace(0, 4, 0).After(report, 0).ShouldBe(new WorkerPace(overloaded, 0, busy));
    }

    [Fact]
    public void The_end_of_a_run_is_too_short_to_say_anything() =>
        new WorkerPace(3, 0, 0.9).After(Late(0.1, durationNs: 100_000_000), 0).ShouldBe(new WorkerPace(3, 0, 0.9));

    [Fact]
    public void What_comes_late_does_not_say_how_it_stands()
    {
        var (worker, state) = (new FakeWorker("w"), Fold.Begun());
        IntervalReport[] reports = [worker.Busy(0.9, turns: 10_000).Report(), worker.Busy(0.1, turns: 10_000).Report()];
        state.Apply(reports[1]);
        state.Apply(reports[0]);
        state.Paces["w"].ShouldBe(state.Paces["w"] with { Overloaded = 0, Easy = 1 });
    }

    [Fact]
    public void A_share_that_became_smaller_is_seen_in_the_figures_on_the_charts_and_in_a_journal()
    {
        var change = new RosterChange("w", 1, Joined: true, 2, "box", "1.0", 75);
        var state = Fold.Begun();
        state.Apply(new FakeWorker("w").Busy(0.9, turns: 10_000).Report());
        state.Apply(change);
        state.At(1).Workers.Single().SharePercent.ShouldBe(75);
        state.Course.Marks[^1].Text.ShouldBe("worker w was overloaded: it has 75 % of an equal share");
        var bytes = EntryText.Write(new RosterEntry(5, change));
        EntryText.Read(FrameType.Roster, 5, bytes).ShouldBeOfType<RosterEntry>().Change.ShouldBe(change);
    }

    private static IntervalReport Late(double busy, long durationNs = 1_000_000_000)
    {
        var lag = new Histogram(new ChunkPool());
        for (var i = 0; i < 100; i++)
            lag.Add(5000 * Us);
        var loop = new LoopHealth(0, durationNs, (long)(busy * durationNs), HistogramData.From(lag), HistogramData.Empty, HistogramData.Empty);
        return new FakeWorker("w").Report() with { Totals = new IntervalTotals { Loops = new Dictionary<int, LoopHealth> { [0] = loop } } };
    }
}
