using Onrush.Engine;
using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios.Running;

/// <summary>The table in ScenarioUser, row by row.</summary>
public sealed class ScenarioUserTests
{
    private static readonly (long, int)[] Up = [(0, 1), (3_600_000_000_000, 1)];
    private static readonly (long, int)[] Down = [(0, 0), (3_600_000_000_000, 0)];

    private static Executor Ramp(double patience) =>
        Executor.RampingUsers(1, [("0s", 1), ("1h", 1)], gracefulRampDown: TimeSpan.FromSeconds(patience));

    [Fact]
    public async Task Running_told_to_leave_finishes_its_iteration_and_ends()
    {
        using var harness = await BusyAsync(Ramp(60));

        await ToldAsync(harness);
        harness.Stage.Hold = false;
        await harness.UntilAsync(() => harness.Alive == 0, "the end of the user");

        var counts = await harness.CountsAsync();
        counts.Duration.Count.ShouldBe(1);
        counts.Interrupted.ShouldBe(0);
        harness.Stage.Stopped.ShouldBe([1]);
    }

    [Fact]
    public async Task Leaving_wanted_again_the_same_user_goes_on()
    {
        using var harness = await BusyAsync(Ramp(60));
        await ToldAsync(harness);

        harness.Apply(at => new LinesOrder("test", at, 0, Up));
        harness.Stage.Hold = false;
        await harness.UntilAsync(() => harness.Stage.Begun.Count > 3, "more iterations");

        harness.Stage.Begun.ShouldAllBe(number => number == 1);
        harness.Stage.Started.ShouldBe([1]);
        harness.Alive.ShouldBe(1);
    }

    [Fact]
    public async Task Leaving_wanted_again_its_time_no_longer_holds()
    {
        using var harness = await BusyAsync(Ramp(0.05));
        await harness.InvokeAsync(() =>
        {
            // In one go on the loop, so that the time cannot pass in between.
            var at = MonotonicClock.Now;
            harness.Runner.Follow(new SlotPlan(2, at, new RampingUserSchedule(1, Down)) { PatienceNs = 50_000_000 });
            harness.Runner.Follow(new SlotPlan(3, MonotonicClock.Now, new RampingUserSchedule(0, Up)) { PatienceNs = 50_000_000 });
        });
        var endNs = MonotonicClock.Now + 200_000_000;
        await harness.UntilAsync(() => MonotonicClock.Now > endNs, "time to pass");

        (await harness.CountsAsync()).Interrupted.ShouldBe(0);
        harness.Alive.ShouldBe(1);
        harness.Stage.Started.ShouldBe([1]);
    }

    [Fact]
    public async Task Leaving_wanted_again_too_late_another_user_takes_the_slot()
    {
        using var harness = await BusyAsync(Ramp(60), typeof(SlowToStop));
        await ToldAsync(harness);
        harness.Stage.Hold = false;
        await harness.UntilAsync(() => harness.Stage.Stopped.Count == 1, "its OnStopAsync");

        harness.Apply(at => new LinesOrder("test", at, 0, Up));
        await harness.UntilAsync(() => harness.Stage.Started.Count == 2, "another user");

        harness.Stage.Started.ShouldBe([1, 2]);
        harness.Alive.ShouldBe(1);
    }

    [Fact]
    public async Task Leaving_its_time_is_over_it_drains_and_its_iteration_counts_as_interrupted()
    {
        using var harness = await BusyAsync(Ramp(0.05));

        await ToldAsync(harness);
        await harness.UntilAsync(() => harness.Alive == 0, "the end of the user");

        var counts = await harness.CountsAsync();
        counts.Interrupted.ShouldBe(1);
        counts.Duration.Count.ShouldBe(0);
        harness.Stage.Stopped.ShouldBe([1]);
    }

    [Fact]
    public async Task Leaving_told_again_the_earlier_end_holds()
    {
        using var harness = await BusyAsync(Ramp(3600));
        await ToldAsync(harness);

        harness.End(0.05);

        (await harness.OverAsync()).Interrupted.ShouldBe(1);
    }

    [Fact]
    public async Task Leaving_told_again_a_later_end_does_not_hold()
    {
        using var harness = await BusyAsync(Ramp(0.05));
        await ToldAsync(harness);

        harness.End(3600);

        (await harness.OverAsync()).Interrupted.ShouldBe(1);
    }

    [Fact]
    public async Task Draining_a_second_is_over_code_that_waits_for_its_token_is_cut()
    {
        using var harness = await BusyAsync(Ramp(0), typeof(WaitsForToken));

        var sinceNs = MonotonicClock.Now;
        await ToldAsync(harness, UserState.Draining);
        await harness.UntilAsync(() => harness.Alive == 0, "the end of the user");

        (MonotonicClock.Now - sinceNs).ShouldBeGreaterThan(900_000_000);
        (await harness.CountsAsync()).Interrupted.ShouldBe(1);
    }

    [Fact]
    public async Task Told_to_die_it_is_cut_at_once()
    {
        using var harness = await BusyAsync(Ramp(60), typeof(WaitsForToken));

        harness.Kill();

        (await harness.OverAsync()).Interrupted.ShouldBe(1);
        harness.Abandoned.ShouldBe(0);
    }

    [Fact]
    public async Task Killed_five_seconds_are_over_it_is_abandoned_and_may_return_later_without_harm()
    {
        var stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var harness = new ScenarioHarness(Ramp(60));
        harness.Stage.Stuck = stuck;
        harness.Start();
        await harness.UntilAsync(() => harness.Stage.Begun.Count == 1, "an iteration");

        harness.Kill();
        await harness.OverAsync();
        harness.Abandoned.ShouldBe(1);

        stuck.SetResult();
        await harness.UntilAsync(() => harness.Stage.Stopped.Count == 1, "the late end of its code");
        harness.Alive.ShouldBe(0);
    }

    [Fact]
    public async Task Its_code_returns_it_no_longer_counts_and_its_slot_stays_empty()
    {
        using var harness = new ScenarioHarness(Executor.ConstantUsers(3, "1h"));
        harness.Stage.Leaves = number => number == 2;
        harness.Start();

        await harness.UntilAsync(() => harness.Alive == 2 && harness.Stage.Begun.Count > 20, "the end of one user");

        harness.Stage.Started.ShouldBe([1, 2, 3]);
    }

    private static async Task<ScenarioHarness> BusyAsync(Executor executor, Type? user = null)
    {
        var harness = new ScenarioHarness(executor, user: user);
        harness.Stage.Hold = true;
        harness.Start();
        await harness.UntilAsync(() => harness.Stage.Begun.Count == 1, "an iteration");
        return harness;
    }

    private static async Task ToldAsync(ScenarioHarness harness, UserState state = UserState.Leaving)
    {
        harness.Apply(at => new LinesOrder("test", at, 1, Down));
        await harness.UntilAsync(() => harness.Runner.Revision == 2, $"{state}");
    }

    public sealed class SlowToStop : Puppet
    {
        public override async ValueTask OnStopAsync()
        {
            await base.OnStopAsync();
            await SleepAsync(0.2);
        }
    }

    public sealed class WaitsForToken : User
    {
        [Task]
        public async Task Wait()
        {
            Stages.ByHost[EffectiveHost!].Begun.Add(Number);
            await Task.Delay(Timeout.Infinite, StopToken);
        }
    }
}
