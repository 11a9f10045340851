using Onrush.Engine;
using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios.Running;

public sealed class SlotRunnerTests
{
    [Fact]
    public async Task Per_user_iterations_are_exactly_as_many_for_each_and_the_scenario_ends_by_itself()
    {
        using var harness = new ScenarioHarness(Executor.PerUserIterations(users: 200, iterations: 3));
        harness.Start();

        var counts = await harness.OverAsync();

        counts.Duration.Count.ShouldBe(600);
        counts.Dropped.ShouldBe(0);
        harness.Stage.Begun.CountBy(number => number).ShouldAllBe(pair => pair.Value == 3);
        harness.Stage.Started.Order().ShouldBe(Enumerable.Range(1, 200).Select(n => (long)n));
        harness.Stage.Stopped.Count.ShouldBe(200);
    }

    [Fact]
    public async Task Shared_iterations_go_to_whoever_is_fast()
    {
        using var harness = new ScenarioHarness(Executor.SharedIterations(users: 2, iterations: 40), user: typeof(OneIsSlow));
        harness.Start();

        var counts = await harness.OverAsync();

        counts.Duration.Count.ShouldBe(40);
        counts.Dropped.ShouldBe(0);
        var byUser = harness.Stage.Begun.CountBy(number => number).ToDictionary();
        byUser[1].ShouldBeGreaterThan(byUser[2]);
    }

    [Fact]
    public async Task What_the_longest_time_leaves_of_per_user_iterations_is_dropped_and_what_runs_may_finish()
    {
        using var harness = new ScenarioHarness(Executor.PerUserIterations(users: 4, iterations: 5, maxDuration: "1s"));
        harness.Stage.Length = 1.5;
        harness.Start();

        var counts = await harness.OverAsync();

        counts.Duration.Count.ShouldBe(4);
        counts.Dropped.ShouldBe(16);
        counts.Interrupted.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_longest_time_leaves_of_shared_iterations_is_dropped_and_without_a_graceful_stop_what_runs_is_cut()
    {
        using var harness = new ScenarioHarness(Executor.SharedIterations(users: 4, iterations: 50, maxDuration: "1s"), TimeSpan.Zero);
        harness.Stage.Hold = true;
        harness.Start();

        var counts = await harness.OverAsync();

        counts.Duration.Count.ShouldBe(0);
        counts.Interrupted.ShouldBe(4);
        counts.Dropped.ShouldBe(46);
    }

    [Fact]
    public async Task Iterations_of_users_that_do_not_start_are_dropped()
    {
        using var harness = new ScenarioHarness(Executor.PerUserIterations(users: 5, iterations: 2));
        harness.Stage.FailsToStart = number => number == 3;
        harness.Start();

        var counts = await harness.OverAsync();

        counts.Duration.Count.ShouldBe(8);
        counts.Dropped.ShouldBe(2);
    }

    /// <summary>A worker that joins or has room takes users over, but not what each of them has to do.</summary>
    [Fact]
    public async Task Users_with_iterations_of_their_own_do_them_although_a_part_of_the_share_goes()
    {
        using var harness = new ScenarioHarness(Executor.PerUserIterations(users: 20, iterations: 3));
        harness.Stage.Hold = true;
        harness.Start();
        await harness.UntilAsync(() => harness.Stage.Begun.Count == 20, "all users are at it");
        var half = BucketSet.Of(new WorkShare(0, 2));
        harness.Reshare(half, BucketSet.Of(new WorkShare(1, 2)));
        await harness.UntilAsync(() => harness.Runner.Revision == 2, "the share has gone");
        harness.Stage.Hold = false;

        var counts = await harness.OverAsync();

        counts.Duration.Count.ShouldBe(60);
        (counts.Dropped, counts.Interrupted).ShouldBe((0, 0));
        harness.Stage.Begun.CountBy(number => number).ShouldAllBe(pair => pair.Value == 3);
    }

    [Fact]
    public async Task Constant_users_stay_to_the_regular_end()
    {
        using var harness = new ScenarioHarness(Executor.ConstantUsers(20, "1s"));
        var startNs = MonotonicClock.Now;
        harness.Start();
        await harness.UntilAsync(() => harness.Alive == 20, "all users");

        var counts = await harness.OverAsync();

        (MonotonicClock.Now - startNs).ShouldBeGreaterThan(999_000_000);
        counts.Duration.Count.ShouldBeGreaterThan(20);
        harness.Stage.Stopped.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Ramping_users_come_and_go_one_by_one_the_last_in_is_the_first_out()
    {
        using var harness = new ScenarioHarness(Executor.RampingUsers(1, [("300ms", 4), ("1600ms", 0), ("400ms", 0)]));
        harness.Start();

        await harness.OverAsync();

        harness.Stage.Started.ShouldBe([1, 2, 3, 4]);
        harness.Stage.Stopped.ShouldBe([4, 3, 2, 1]);
    }

    [Fact]
    public async Task Going_without_users_for_a_while_is_not_the_end()
    {
        using var harness = new ScenarioHarness(Executor.RampingUsers(2, [("0s", 0), ("1s", 0), ("0s", 3), ("200ms", 3)]));
        var startNs = MonotonicClock.Now;
        harness.Start();

        await harness.OverAsync();

        (MonotonicClock.Now - startNs).ShouldBeGreaterThan(1_199_000_000);
        harness.Stage.Started.Count.ShouldBe(5);
        harness.Stage.Started.ShouldBeUnique();
    }

    [Fact]
    public async Task A_change_of_constant_users_keeps_those_who_run()
    {
        using var harness = new ScenarioHarness(Executor.ConstantUsers(4, "1h"));
        harness.Start();
        await harness.UntilAsync(() => harness.Alive == 4, "four users");
        harness.Apply(at => new LinesOrder("test", at, 4, [(0, 7), (3_600_000_000_000, 7)]));
        await harness.UntilAsync(() => harness.Alive == 7, "seven users");
        harness.Apply(at => new LinesOrder("test", at, 7, [(0, 2), (3_600_000_000_000, 2)]));
        await harness.UntilAsync(() => harness.Alive == 2, "two users");
        harness.End(0);
        await harness.OverAsync();

        harness.Stage.Started.Count.ShouldBe(7);
        harness.Stage.Started.ShouldBeUnique();
        harness.Stage.Stopped[..5].Order().ShouldBe(harness.Stage.Started[2..].Order());
    }

    [Fact]
    public async Task A_scenario_that_is_ended_before_its_start_is_over_and_does_nothing()
    {
        using var harness = new ScenarioHarness(Executor.ConstantUsers(4, "1h"));
        harness.IsOver.ShouldBeFalse();

        harness.End(10);

        (await harness.OverAsync()).HasNothing().ShouldBeTrue();
    }

    public sealed class OneIsSlow : User
    {
        [Task]
        public async Task Act()
        {
            Stages.ByHost[EffectiveHost!].Begun.Add(Number);
            await SleepAsync(Number == 1 ? 0.002 : 0.2);
        }
    }
}
