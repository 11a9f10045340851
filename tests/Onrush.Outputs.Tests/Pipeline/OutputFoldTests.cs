using Onrush.Measurement;

namespace Onrush.Outputs.Tests.Pipeline;

public sealed class OutputFoldTests
{
    private static long Requests(FoldedInterval interval) => interval.Totals.Series.Values.Sum(series => series.Succeeded);

    [Fact]
    public void A_second_is_an_interval()
    {
        var steps = new Steps();
        var fold = new OutputFold(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 3; i++)
        {
            var interval = fold.Add(steps.Next(i + 1).Reports, steps.Quiet(i + 1).Picture).ShouldHaveSingleItem();
            (interval.StartUnixMs, interval.LengthMs, Requests(interval)).ShouldBe((FakeWorker.StartUnixMs + i * 1000, 1000, i + 1));
        }

        fold.End().ShouldBeEmpty();
    }

    [Fact]
    public void Seconds_add_up_to_longer_intervals_and_the_rest_comes_at_the_end()
    {
        var steps = new Steps();
        var fold = new OutputFold(TimeSpan.FromSeconds(10));
        List<FoldedInterval> all = [];
        for (var i = 0; i < 25; i++)
        {
            var step = steps.Next(2);
            all.AddRange(fold.Add(step.Reports, step.Picture));
        }

        all.AddRange(fold.End());
        all.Select(Requests).ShouldBe([20, 20, 10]);
        all.Select(interval => interval.LengthMs).ShouldBe([10_000, 10_000, 5_000]);
        all[^1].MostUsers.ShouldBe(10);
    }

    [Fact]
    public void Workers_are_waited_for_a_moment_and_told_apart()
    {
        var steps = new Steps("a", "b");
        var fold = new OutputFold(TimeSpan.FromSeconds(1));
        var step = steps.Next(3);
        fold.Add(step.Reports, step.Picture).ShouldBeEmpty();
        var interval = fold.Add([], steps.Quiet(2.6).Picture).ShouldHaveSingleItem();
        interval.Workers.Select(worker => (worker.Worker, Requests: worker.Totals.Series.Values.Sum(series => series.Succeeded))).ShouldBe([("a", 3L), ("b", 3L)]);
        Requests(interval).ShouldBe(6);
    }

    [Fact]
    public void A_late_report_is_counted_once_in_a_later_interval()
    {
        var steps = new Steps("a");
        var fold = new OutputFold(TimeSpan.FromSeconds(1));
        var first = steps.Next(3);
        fold.Add([], steps.Quiet(1).Picture).Select(Requests).ShouldBe([0]);
        var interval = fold.Add(first.Reports, steps.Quiet(2).Picture).ShouldHaveSingleItem();
        (interval.StartUnixMs, Requests(interval)).ShouldBe((FakeWorker.StartUnixMs + 1000, 3));
    }

    [Fact]
    public void A_long_silence_is_no_interval_for_each_second()
    {
        var steps = new Steps("a");
        var fold = new OutputFold(TimeSpan.FromSeconds(1));
        var first = steps.Next(3);
        fold.Add(first.Reports, first.Picture).Count.ShouldBe(1);
        fold.Add([], steps.Quiet(100_000).Picture).Count.ShouldBeLessThan(3);
        var late = steps.Next(4);
        fold.Add(late.Reports, steps.Quiet(100_001).Picture).Sum(Requests).ShouldBe(4);
    }

    /// <summary>Whatever the period and the order of the reports, every request is in exactly one interval.</summary>
    [Fact]
    public void Nothing_is_lost_and_nothing_counted_twice()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var steps = new Steps(["a", "b", "c"]);
            var fold = new OutputFold(TimeSpan.FromSeconds(random.Next(1, 6)));
            List<IntervalReport> late = [];
            List<FoldedInterval> all = [];
            long sent = 0;
            for (var second = 1; second <= 20; second++)
            {
                var count = random.Next(5);
                sent += 3 * count;
                late.AddRange(steps.Next(count).Reports);
                var now = late.Where(_ => random.Next(3) > 0).ToList();
                late.RemoveAll(now.Contains);
                all.AddRange(fold.Add(now, steps.Quiet(second).Picture));
            }

            all.AddRange(fold.Add(late, steps.Quiet(20.1).Picture));
            all.AddRange(fold.End());
            all.Sum(Requests).ShouldBe(sent);
            all.Select(interval => interval.StartUnixMs).ShouldBeUnique();
            all.Select(interval => interval.StartUnixMs).ShouldBeInOrder();
        }
    }
}
