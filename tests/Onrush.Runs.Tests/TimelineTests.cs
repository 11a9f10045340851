using Onrush.Measurement;

namespace Onrush.Runs.Tests;

public sealed class TimelineTests
{
    private const int Hour = 3600;

    [Fact]
    public void The_last_hour_has_points_of_one_second_and_what_is_older_coarser_ones_that_lose_nothing()
    {
        var seconds = Played(8 * Hour).At(8 * Hour).Seconds;
        seconds.Sum(s => s.Requests).ShouldBe(8L * Hour * 2);
        seconds.Sum(s => s.Iterations).ShouldBe(8L * Hour);
        seconds.ShouldAllBe(s => s.Requests == 2 * s.LengthSeconds && s.Users == 10);
        seconds.ShouldAllBe(s => s.Times.Count == s.Requests);

        int next = 0;
        foreach (var second in seconds)
        {
            second.StartSecond.ShouldBe(next);
            next += second.LengthSeconds;
            int age = 8 * Hour - second.StartSecond;
            second.LengthSeconds.ShouldBe(age <= Hour ? 1 : age <= 6 * Hour ? 10 : 60);
        }
        next.ShouldBe(8 * Hour);
    }

    [Fact]
    public void Which_second_is_kept_how_finely_does_not_depend_on_the_order()
    {
        var random = new Random(5);
        int[] seconds = [.. Enumerable.Range(0, 400).Select(_ => random.Next(40 * Hour)).Distinct()];
        string Starts(IEnumerable<int> order)
        {
            var timeline = new Timeline();
            foreach (int second in order)
                timeline.At(second);
            return string.Join(" ", timeline.Points.Select(p => $"{p.Start}+{timeline.LengthOf(p.Start)}"));
        }
        string expected = Starts(seconds);
        Starts(seconds.OrderBy(s => s)).ShouldBe(expected);
        Starts(seconds.OrderByDescending(s => s)).ShouldBe(expected);
    }

    [Fact]
    public void On_a_run_of_weeks_the_oldest_points_grow_instead_of_their_number()
    {
        var timeline = new Timeline();
        int newest = 30 * 24 * Hour;
        for (int second = 0; second <= newest; second += 30)
            timeline.At(second);
        timeline.Points.Count().ShouldBeLessThan(5000);
        timeline.LengthOf(0).ShouldBe(1920);
        timeline.Find(0).ShouldBeSameAs(timeline.Find(1919));
        timeline.Find(newest).ShouldNotBeNull();
        timeline.Find(newest + 1).ShouldBeNull();
        timeline.Find(-1).ShouldBeNull();
    }

    [Fact]
    public void Of_each_worker_only_its_last_word_in_a_second_counts_for_users_and_requests_in_flight()
    {
        var (a, b) = (new FakeWorker("a") { Users = 3 }, new FakeWorker("b") { Users = 4 });
        a.Begin();
        var early = a.Report(0.4);
        a.Users = 5;
        a.Begin();
        var late = a.Report(0.4);
        foreach (var order in new[] { new[] { early, late, b.Report() }, [late, early] })
        {
            var second = Fold.Of(order).At(1).Seconds.Single();
            second.Users.ShouldBe(order.Length == 3 ? 9 : 5);
            second.InFlight.ShouldBe(2);
        }
    }

    private static RunState Played(int seconds)
    {
        var (state, worker) = (Fold.Begun(), new FakeWorker());
        worker.Play(state, seconds);
        return state;
    }
}
