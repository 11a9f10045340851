using Onrush.Engine;
using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios.Running;

public sealed class ArrivalRunnerTests
{
    [Fact]
    public async Task Every_arrival_is_offered_once_and_done_by_few_users()
    {
        using var harness = new ScenarioHarness(Executor.ConstantArrivalRate(200, "1s", maxUsers: 1000));
        harness.Start();

        var counts = await harness.OverAsync();

        counts.Offered.ShouldBe(200);
        counts.Duration.Count.ShouldBe(200);
        counts.Lateness.Count.ShouldBe(200);
        counts.Dropped.ShouldBe(0);
        harness.Stage.Started.ShouldBeUnique();
        harness.Stage.Stopped.Order().ShouldBe(harness.Stage.Started.Order());
    }

    [Fact]
    public async Task A_rate_along_lines_offers_what_lies_under_them()
    {
        using var harness = new ScenarioHarness(Executor.RampingArrivalRate(0, [("500ms", 400), ("500ms", 400), ("500ms", 0)], maxUsers: 500));
        harness.Start();

        var counts = await harness.OverAsync();

        counts.Offered.ShouldBe(400);
        counts.Duration.Count.ShouldBe(400);
    }

    [Fact]
    public async Task With_all_users_busy_arrivals_wait_with_their_due_time_and_are_all_done()
    {
        using var harness = new ScenarioHarness(Executor.ConstantArrivalRate(100, "1s", maxUsers: 5));
        harness.Stage.Hold = true;
        var startNs = MonotonicClock.Now;
        harness.Start();
        await harness.UntilAsync(() => harness.Runner.Waiting == 95, "all arrivals to wait");
        harness.Stage.Hold = false;
        var heldNs = MonotonicClock.Now - startNs;

        var counts = await harness.OverAsync();

        counts.Offered.ShouldBe(100);
        counts.Duration.Count.ShouldBe(100);
        counts.Dropped.ShouldBe(0);
        harness.Stage.Started.Count.ShouldBe(5);

        // The sixth was due after 50 ms and could not start before the hold was over; all of the first five counted from their due time.
        counts.Lateness.Max.ShouldBeGreaterThan((long)((heldNs - 60_000_000) * 0.98));
        counts.FromDue.Min.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task With_all_users_busy_arrivals_are_dropped_and_counted_where_that_is_wanted()
    {
        using var harness = new ScenarioHarness(Executor.ConstantArrivalRate(100, "1s", maxUsers: 5, whenBusy: WhenBusy.Drop));
        harness.Stage.Hold = true;
        harness.Start();
        await harness.UntilAsync(() => harness.Runner.Offered == 100, "all arrivals");
        harness.Stage.Hold = false;

        var counts = await harness.OverAsync();

        counts.Offered.ShouldBe(100);
        counts.Duration.Count.ShouldBe(5);
        counts.Dropped.ShouldBe(95);
    }

    [Fact]
    public async Task A_full_queue_drops_what_comes()
    {
        using var harness = new ScenarioHarness(Executor.ConstantArrivalRate(100, "1s", maxUsers: 5, queueLimit: 20));
        harness.Stage.Hold = true;
        harness.Start();
        await harness.UntilAsync(() => harness.Runner.Offered == 100, "all arrivals");
        harness.Stage.Hold = false;

        var counts = await harness.OverAsync();

        counts.Duration.Count.ShouldBe(25);
        counts.Dropped.ShouldBe(75);
    }

    [Fact]
    public async Task What_still_waits_at_the_end_of_the_graceful_stop_is_dropped_and_what_runs_is_interrupted()
    {
        using var harness = new ScenarioHarness(Executor.ConstantArrivalRate(50, "1s", maxUsers: 5), TimeSpan.FromSeconds(0.2));
        harness.Stage.Hold = true;
        harness.Start();

        var counts = await harness.OverAsync();

        counts.Offered.ShouldBe(50);
        counts.Interrupted.ShouldBe(5);
        counts.Dropped.ShouldBe(45);
        counts.Duration.Count.ShouldBe(0);
    }

    [Fact]
    public async Task The_arrival_of_a_user_that_does_not_start_is_dropped_and_the_others_are_done()
    {
        using var harness = new ScenarioHarness(Executor.ConstantArrivalRate(100, "1s", maxUsers: 3));
        harness.Stage.FailsToStart = number => number == 1;
        harness.Start();

        var counts = await harness.OverAsync();

        counts.Dropped.ShouldBe(1);
        counts.Duration.Count.ShouldBe(99);
    }

    [Fact]
    public async Task Users_that_never_start_drop_everything_and_the_scenario_still_ends()
    {
        using var harness = new ScenarioHarness(Executor.ConstantArrivalRate(2000, "1s", maxUsers: 3));
        harness.Stage.FailsToStart = _ => true;
        harness.Start();

        var counts = await harness.OverAsync();

        counts.Offered.ShouldBe(2000);
        counts.Dropped.ShouldBe(2000);
    }

    [Fact]
    public async Task A_user_that_ends_itself_is_followed_by_another_with_another_number()
    {
        using var harness = new ScenarioHarness(Executor.ConstantArrivalRate(100, "1s", maxUsers: 2));
        harness.Stage.Leaves = _ => true;
        harness.Start();

        var counts = await harness.OverAsync();

        counts.Duration.Count.ShouldBe(100);
        harness.Stage.Started.Count.ShouldBe(100);
        harness.Stage.Started.ShouldBeUnique();
    }

    [Fact]
    public async Task Users_are_made_ahead_where_that_is_wanted()
    {
        using var harness = new ScenarioHarness(Executor.ConstantArrivalRate(1, "1h", maxUsers: 50, preAllocatedUsers: 30));
        harness.Start();

        await harness.UntilAsync(() => harness.Alive == 30, "thirty users");

        harness.Stage.Started.Order().ShouldBe(Enumerable.Range(1, 30).Select(n => (long)n));
    }

    [Fact]
    public async Task Another_rate_holds_from_its_instant_on_and_nothing_is_lost_in_between()
    {
        using var harness = new ScenarioHarness(Executor.ConstantArrivalRate(1, "1h", maxUsers: 100));
        harness.Start();
        await harness.UntilAsync(() => harness.Stage.Begun.Count == 1, "the first");
        harness.Apply(at => new ArrivalOrder("test", at, (ArrivalRateExecutor)Executor.ConstantArrivalRate(300, "1s", maxUsers: 100)));

        var counts = await harness.OverAsync();

        counts.Offered.ShouldBeInRange(301, 303);
        counts.Duration.Count.ShouldBe(counts.Offered);
    }

    [Fact]
    public async Task A_stop_drops_what_waits_and_starts_nothing_more()
    {
        using var harness = new ScenarioHarness(Executor.ConstantArrivalRate(100, "1h", maxUsers: 5));
        harness.Stage.Hold = true;
        harness.Start();
        await harness.UntilAsync(() => harness.Runner.Waiting >= 10, "some to wait");
        harness.End(60);
        harness.Stage.Hold = false;

        var counts = await harness.OverAsync();

        counts.Duration.Count.ShouldBe(5);
        counts.Dropped.ShouldBe(counts.Offered - 5);
    }
}
