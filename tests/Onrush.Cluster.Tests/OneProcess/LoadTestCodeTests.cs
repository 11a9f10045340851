using Onrush.Runs;
using Onrush.Users;

namespace Onrush.Cluster.Tests;

/// <summary>What a load test's own code must not do to the run around it.</summary>
public sealed class LoadTestCodeTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public sealed class Sleeper : User
    {
        [Task]
        public async Task Sleep() => await SleepAsync(0.01);
    }

    [FixedCount(2)]
    public sealed class Fixed : User
    {
        [Task]
        public async Task Sleep() => await SleepAsync(0.01);
    }

    public sealed class Thrower : LoadTest
    {
        public override Task OnTestStartedAsync() => throw new InvalidOperationException("started");

        public override Task OnTestStoppingAsync() => throw new InvalidOperationException("stopping");

        public override Task OnTestStoppedAsync() => throw new InvalidOperationException("stopped");
    }

    public sealed class Refuser : LoadTest
    {
        public override Task OnTestStartingAsync() => throw new InvalidOperationException("not today");
    }

    public sealed class FixedOnly : LoadShape
    {
        public override ShapeTick? Tick() => RunTime < TimeSpan.FromSeconds(0.9) ? new ShapeTick(50, 1000, typeof(Fixed)) : null;
    }

    public sealed class TooMany : LoadShape
    {
        public override ShapeTick? Tick() => (int.MaxValue, 1);
    }

    [Fact]
    public async Task Hooks_that_throw_at_once_do_not_take_the_results_away()
    {
        var last = await RunAsync(typeof(Sleeper), typeof(Thrower));

        last.Phase.ShouldBe(RunPhase.Stopped);
        last.UsersStarted.ShouldBe(3);
        last.AllIterations.Count.ShouldBeGreaterThan(0);
        last.Users.ShouldBe(0);
        last.Conservation.Holds.ShouldBeTrue();
    }

    [Fact]
    public async Task A_hook_that_throws_before_the_start_ends_the_run_by_name()
    {
        var thrown = await Should.ThrowAsync<LoadTestException>(() => RunAsync(typeof(Sleeper), typeof(Refuser)));

        thrown.Message.ShouldContain("Refuser.OnTestStartingAsync");
        thrown.Message.ShouldContain("not today");
    }

    [Fact]
    public async Task A_shape_gets_as_many_users_as_its_classes_with_fixed_counts_have()
    {
        var last = await RunAsync(typeof(Sleeper), typeof(Fixed), typeof(FixedOnly));

        last.StopReason.ShouldBe("The load shape is over.");
        last.UsersStarted.ShouldBe(2);
    }

    [Fact]
    public async Task A_shape_that_wants_more_users_than_memory_holds_ends_the_run_with_its_results()
    {
        var last = await RunAsync(typeof(Sleeper), typeof(TooMany));

        last.Phase.ShouldBe(RunPhase.Stopped);
        last.StopReason.ShouldNotBeNull().ShouldContain("load shape");
    }

    private static async Task<RunSnapshot> RunAsync(params Type[] types)
    {
        var options = new RunOptions { Users = 3, SpawnRate = 1000, RunTime = TimeSpan.FromSeconds(2), Loops = 1, Seed = 1 };
        if (!types.Any(t => t.IsAssignableTo(typeof(LoadShape))))
            options = options with { RunTime = TimeSpan.FromSeconds(0.3) };
        using var run = OneProcess.Prepare(LoadTestDefinition.FromTypes(types), options);
        return await run.RunAsync().WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }
}
