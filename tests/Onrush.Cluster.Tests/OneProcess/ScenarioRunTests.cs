using Onrush.Runs;

namespace Onrush.Cluster.Tests;

/// <summary>Runs with configured scenarios, against a target that counts.</summary>
public sealed class ScenarioRunTests
{
    [Fact]
    public async Task Scenarios_run_side_by_side_each_by_its_executor_and_the_run_ends_with_the_last()
    {
        await using var harness = new RunHarness(Transport.Auto, new RunOptions(), typeof(Caller), typeof(SideBySide)).Start();

        var snapshot = await harness.EndAsync();

        snapshot.StopReason.ShouldBe("Every scenario is over.");
        var rows = snapshot.Scenarios.ToDictionary(row => row.Name);
        rows.Values.ShouldAllBe(row => row.Phase == ScenarioPhase.Over && row.Progress == 1 && row.Dropped == 0 && row.Interrupted == 0);
        rows["each"].Iterations.ShouldBe(60);
        rows["each"].IterationsTotal.ShouldBe(60);
        rows["shared"].Iterations.ShouldBe(50);
        rows["rate"].Iterations.ShouldBe(100);
        rows["rate"].Offered.ShouldBe(100);
        snapshot.Iterations.Single(row => row.Scenario == "rate").Lateness!.Count.ShouldBe(100);
        snapshot.Series.Select(row => row.Scenario).Distinct().Order().ShouldBe(["each", "rate", "shared"]);
        harness.Server.Counts.Answered.ShouldBe(210);
        snapshot.Aggregated.Requests.ShouldBe(210);
    }

    [Fact]
    public async Task User_numbers_are_unique_over_scenarios()
    {
        Numbered.Numbers.Clear();
        await using var harness = new RunHarness(Transport.Auto, new RunOptions(), typeof(Numbered), typeof(ThreeOfThem)).Start();

        await harness.EndAsync();

        Numbered.Numbers.ShouldBeUnique();
        Numbered.Numbers.Order().ShouldBe(Enumerable.Range(1, 30).Select(n => (long)n));
    }

    [Fact]
    public async Task A_scenario_after_another_waits_for_its_end_and_a_warm_up_stays_out_of_the_results()
    {
        await using var harness = new RunHarness(Transport.Auto, new RunOptions(), typeof(Caller), typeof(WarmThenMeasure)).Start();

        var snapshot = await harness.EndAsync();

        harness.Server.Counts.Answered.ShouldBe(35);
        snapshot.Aggregated.Requests.ShouldBe(5);
        snapshot.AllIterations.Count.ShouldBe(5);
        snapshot.Series.ShouldHaveSingleItem().Scenario.ShouldBe("measure");
        snapshot.Seconds.Sum(second => second.Requests).ShouldBe(5);
        snapshot.WarmUpNote.ShouldBe("Warm-up, in no other figure: 30 iterations, 30 requests, 0 of them failed.");
        snapshot.Scenarios.Select(row => (row.Name, row.Iterations, row.WarmUp)).ShouldBe([("warm", 30, true), ("measure", 5, false)]);
        harness.Seen.ShouldContain(s => s.Scenarios.Count == 2 && s.Scenarios[1].Phase == ScenarioPhase.Waiting);
    }

    [Fact]
    public async Task A_start_time_puts_a_scenario_off()
    {
        await using var harness = new RunHarness(Transport.Auto, new RunOptions(), typeof(Caller), typeof(Late)).Start();

        var snapshot = await harness.EndAsync();

        snapshot.RunTime.ShouldBeGreaterThan(TimeSpan.FromSeconds(1.4));
        snapshot.Scenarios[0].RunTime.ShouldBeLessThan(snapshot.RunTime - TimeSpan.FromSeconds(1.3));
        harness.Server.Counts.Answered.ShouldBe(3);
    }

    [Fact]
    public async Task The_run_time_of_the_command_line_ends_scenarios_early()
    {
        await using var harness = new RunHarness(
            Transport.Auto, new RunOptions { RunTime = TimeSpan.FromSeconds(1) }, typeof(Caller), typeof(Endless)).Start();

        var snapshot = await harness.EndAsync();

        snapshot.StopReason.ShouldBe("The run time is over.");
        snapshot.Scenarios[0].Phase.ShouldBe(ScenarioPhase.Over);
        harness.Server.Counts.Answered.ShouldBe(snapshot.Aggregated.Requests);
    }

    [Fact]
    public async Task Users_given_with_the_run_replace_the_scenarios()
    {
        await using var harness = new RunHarness(
            Transport.Auto, new RunOptions { Users = 3, SpawnRate = 100, ReplacesScenarios = true }, typeof(Caller), typeof(Endless)).Start();
        var seen = await harness.UntilAsync(s => s.Users == 3);
        harness.Run.Stop("enough");

        await harness.EndAsync();

        seen.Scenarios.ShouldHaveSingleItem().Name.ShouldBe("default");
    }

    [Fact]
    public async Task The_rate_of_a_scenario_can_be_changed_while_it_runs()
    {
        await using var harness = new RunHarness(Transport.Auto, new RunOptions(), typeof(Caller), typeof(Endless)).Start();
        await harness.UntilAsync(s => s.Scenarios is [{ Iterations: > 3 }]);
        harness.Run.ChangeScenario("rate", new ScenarioChange { Rate = 400 });
        await harness.UntilAsync(s => s.Scenarios[0].OfferedPerSecond is 400);
        harness.Run.ChangeScenario("rate", new ScenarioChange { Stages = [("1s", 0)] });

        var snapshot = await harness.EndAsync();

        snapshot.StopReason.ShouldBe("Every scenario is over.");
        snapshot.Scenarios[0].Dropped.ShouldBe(0);
        snapshot.Scenarios[0].Iterations.ShouldBe(snapshot.Scenarios[0].Offered);
        harness.Server.Counts.Answered.ShouldBe(snapshot.Scenarios[0].Offered);
    }

    [Fact]
    public async Task The_users_of_a_scenario_can_be_changed_while_it_runs()
    {
        await using var harness = new RunHarness(Transport.Auto, new RunOptions(), typeof(Caller), typeof(Constant)).Start();
        await harness.UntilAsync(s => s.Users == 5);
        harness.Run.ChangeScenario("users", new ScenarioChange { Users = 12 });
        await harness.UntilAsync(s => s.Users == 12);
        harness.Run.ChangeScenario("users", new ScenarioChange { Users = 2 });
        await harness.UntilAsync(s => s.Users == 2);
        harness.Run.ChangeScenario("users", new ScenarioChange { Stages = [("200ms", 6), ("1s", 6)] });
        await harness.UntilAsync(s => s.Users == 6);

        var snapshot = await harness.EndAsync();

        snapshot.StopReason.ShouldBe("Every scenario is over.");
        snapshot.UsersStarted.ShouldBe(16);
    }

    [Theory]
    [InlineData("none", 1, null, "There is no scenario none (there is users).")]
    [InlineData("users", null, 5.0, "Scenario users: constant users follows users or stages, no rate.")]
    [InlineData("users", -1, null, "Scenario users: the number of users is -1; it has to be a whole number from 0.")]
    [InlineData("users", null, null, "Scenario users: give either users or stages.")]
    public async Task A_change_that_does_not_fit_is_refused(string scenario, int? users, double? rate, string message)
    {
        await using var harness = new RunHarness(Transport.Auto, new RunOptions(), typeof(Caller), typeof(Constant));

        Should.Throw<ArgumentException>(() => harness.Run.ChangeScenario(scenario, new ScenarioChange { Users = users, Rate = rate })).Message.ShouldBe(message);
    }

    [Fact]
    public async Task A_frozen_target_drops_nothing_and_times_from_the_due_start_tell_the_freeze()
    {
        await using var harness = new RunHarness(Transport.Auto, new RunOptions(), typeof(Caller), typeof(Steady)).Start();
        await harness.UntilAsync(s => s.Aggregated.Requests > 50);
        harness.Server.Freezer.Freeze();
        await harness.UntilAsync(s => s.OldestRequest > TimeSpan.FromSeconds(1.5) && s.Scenarios[0].Waiting > 0);
        harness.Server.Freezer.Thaw();

        var snapshot = await harness.EndAsync();

        var row = snapshot.Scenarios[0];
        row.Offered.ShouldBe(400);
        row.Iterations.ShouldBe(400);
        row.Dropped.ShouldBe(0);
        snapshot.Aggregated.FromDue!.Percentile(0.9).ShouldBeGreaterThan(1000);
        harness.Server.Counts.Answered.ShouldBe(400);
    }

    public class Caller : FastHttpUser
    {
        [Task]
        public async Task Call() => await Client.GetAsync("/call", name: "call");
    }

    public sealed class Numbered : Caller
    {
        public static System.Collections.Concurrent.ConcurrentBag<long> Numbers { get; } = [];

        public override ValueTask OnStartAsync()
        {
            Numbers.Add(Number);
            return default;
        }
    }

    public sealed class SideBySide : LoadTest
    {
        public override void Configure(LoadTestBuilder test) => test
            .Scenario<Caller>("each", user => user.Call, Executor.PerUserIterations(users: 20, iterations: 3))
            .Scenario<Caller>("shared", Executor.SharedIterations(users: 4, iterations: 50))
            .Scenario<Caller>("rate", user => user.Call, Executor.ConstantArrivalRate(100, "1s"));
    }

    public sealed class ThreeOfThem : LoadTest
    {
        public override void Configure(LoadTestBuilder test) => test
            .Scenario<Numbered>("a", user => user.Call, Executor.PerUserIterations(users: 12))
            .Scenario<Numbered>("b", user => user.Call, Executor.SharedIterations(users: 8, iterations: 100))
            .Scenario<Numbered>("c", user => user.Call, Executor.PerUserIterations(users: 10));
    }

    public sealed class WarmThenMeasure : LoadTest
    {
        public override void Configure(LoadTestBuilder test) => test
            .Scenario<Caller>("warm", user => user.Call, Executor.ConstantArrivalRate(20, "1500ms"), warmUp: true)
            .Scenario<Caller>("measure", user => user.Call, Executor.PerUserIterations(users: 5), after: "warm");
    }

    public sealed class Late : LoadTest
    {
        public override void Configure(LoadTestBuilder test) =>
            test.Scenario<Caller>("late", user => user.Call, Executor.PerUserIterations(users: 3), startTime: "1400ms");
    }

    public sealed class Endless : LoadTest
    {
        public override void Configure(LoadTestBuilder test) =>
            test.Scenario<Caller>("rate", user => user.Call, Executor.ConstantArrivalRate(50, "1h"), gracefulStop: "2s");
    }

    public sealed class Constant : LoadTest
    {
        public override void Configure(LoadTestBuilder test) => test.Scenario<Caller>("users", Executor.ConstantUsers(5, "1h"));
    }

    public sealed class Steady : LoadTest
    {
        public override void Configure(LoadTestBuilder test) =>
            test.Scenario<Caller>("steady", user => user.Call, Executor.ConstantArrivalRate(100, "4s", maxUsers: 20));
    }
}
