using Onrush.Measurement;

namespace Onrush.Runs.Tests;

public sealed class GeneratorHealthTests
{
    private const long Us = 1000;

    [Theory]
    [InlineData(0.79, 100 * Us, 0, false)]
    [InlineData(0.81, 100 * Us, 0, true)]
    [InlineData(0.10, 990 * Us, 0, false)]
    [InlineData(0.10, 1100 * Us, 0, true)]
    [InlineData(0.10, 1100 * Us, 100_000 * Us, false)]
    [InlineData(0.10, 11_000 * Us, 100_000 * Us, true)]
    public void A_loop_is_bound_when_it_is_busy_or_late_by_more_than_it_may(double busy, long lagNs, long medianNs, bool bound)
    {
        var lag = new Histogram(new ChunkPool());
        for (int i = 0; i < 100; i++)
            lag.Add(lagNs);
        var loop = new LoopHealth(
            0, 1_000_000_000, (long)(busy * 1e9), HistogramData.From(lag), HistogramData.Empty, HistogramData.Empty);
        GeneratorRule.IsBound(loop, medianNs).ShouldBe(bound);
    }

    [Fact]
    public void A_generator_with_room_says_so()
    {
        var worker = new FakeWorker();
        var sample = new RequestSample { GeneratorNs = 20 * Us };
        worker.End(worker.Begin(), 5, more: sample);
        var health = Fold.Of(worker.Busy(0.34, turns: 10_000).Report()).At(1).Generator;
        (health.IsBound, health.BoundSeconds, health.BoundSpans.Count).ShouldBe((false, 0, 0));
        health.BusyPercent.ShouldBe(34, 0.01);
        health.AverageBusyPercent.ShouldBe(34, 0.01);
        health.Text.ShouldBe("Generator had room: loops 34 % busy, lag p99 below 0.1 ms, added to responses p50 0.02 p99 0.02 ms.");
    }

    [Fact]
    public void Bound_seconds_are_counted_joined_and_explained_with_the_bracket_of_the_true_value()
    {
        var worker = new FakeWorker();
        var state = Fold.Begun();
        double[] busy = [0.1, 0.95, 0.99, 0.2, 0.9, 0.1];
        foreach (double share in busy)
        {
            worker.End(worker.Begin(), 0.11, more: new RequestSample { GeneratorNs = 30_000 * Us });
            state.Apply(worker.Busy(share, turns: 10_000).Report());
        }
        var snapshot = state.At(6);
        var health = snapshot.Generator;
        health.BoundSeconds.ShouldBe(3);
        health.BoundSpans.ShouldBe([new(Seconds(1), Seconds(3)), new(Seconds(4), Seconds(5))]);
        snapshot.Seconds.Select(s => s.GeneratorBound).ShouldBe(busy.Select(b => b > 0.8));
        health.Text.ShouldBe(
            "Generator-bound in 3 of 6 s (busiest loop 99 % busy, lag p99 below 0.1 ms): the true p99 is between 0.11 and 30.1 ms.");
    }

    [Fact]
    public void Without_receive_timestamps_the_measured_value_is_the_upper_end_of_the_bracket()
    {
        var worker = new FakeWorker();
        worker.Requests(100, ms: 22).Busy(1, turns: 50);
        Fold.Of(worker.Report()).At(1).Generator.Text.ShouldBe(
            "Generator-bound in 1 of 1 s (busiest loop 100 % busy, lag p99 up to 20 ms): the true p99 is between 22 and 22 ms.");
        var mixed = new FakeWorker();
        mixed.Requests(1, ms: 1).Requests(100, ms: 22).Busy(1, turns: 50);
        Fold.Of(mixed.Report()).At(1).Generator.Text.ShouldEndWith("the true p99 is between 1.95 and 22 ms.");
    }

    [Fact]
    public void A_loop_that_was_held_up_marks_all_the_seconds_it_was_silent()
    {
        var (a, b) = (new FakeWorker("a"), new FakeWorker("b"));
        var state = Fold.Of(a.Busy(0.1).Report(), a.Busy(0.1).Report(), a.Busy(0.1).Report(), a.Busy(0.1).Report());
        var held = b.Busy(3, turns: 1).Report(3);
        state.Apply(held with { StartUnixMs = held.StartUnixMs + 3000, DurationNs = FakeWorker.Second });
        state.At(4).Generator.BoundSpans.ShouldBe([new(Seconds(1), Seconds(4))]);
    }

    [Fact]
    public void The_worst_loop_of_the_last_second_is_shown()
    {
        var (a, b) = (new FakeWorker("a"), new FakeWorker("b"));
        var health = Fold.Of(a.Busy(0.1).Report(), b.Busy(0.6).Report()).At(1).Generator;
        health.BusyPercent.ShouldBe(60, 0.01);
        health.AverageBusyPercent.ShouldBe(35, 0.01);
        health.CurrentLagP99Ms.ShouldBe(6, 6 * 0.008);
    }

    [Fact]
    public void Nothing_measured_is_no_verdict() =>
        Fold.Begun().At(1).Generator.Text.ShouldBe("Generator: nothing measured yet.");

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
