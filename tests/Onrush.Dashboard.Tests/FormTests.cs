using Onrush.Runs;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Dashboard.Tests;

/// <summary>What the start form and the plan of a run say.</summary>
public sealed class FormTests
{
    [Theory]
    [InlineData(40 / (30 / 1.0 + 10 / 4.0), typeof(Fast), typeof(Slow))]
    [InlineData(1.0, typeof(Fast))]
    [InlineData(null, typeof(Fast), typeof(Unknown))]
    [InlineData(null, typeof(Fast), typeof(Restless))]
    public void The_average_wait_is_that_of_all_users_together(double? seconds, params Type[] types)
    {
        var form = FormDocument.Of(new StartForm(new RunOptions { Users = 40 }, LoadTestDefinition.FromTypes(types).Users, [], [], []), null);
        form.AverageWaitSeconds.ShouldBe(seconds is { } wait ? Math.Round(wait, 3) : null);
        form.UserClasses[0].AverageWaitSeconds.ShouldBe(1);
    }

    [Fact]
    public void A_scenario_shows_what_was_changed_about_it_while_it_runs()
    {
        var form = new StartForm(new RunOptions(), LoadTestDefinition.FromTypes([typeof(Fast)]).Users, [], Scenarios(), []);
        var run = new SessionRun("1", 1, new FakeRun(), LoadTestDefinition.FromTypes([typeof(Fast)]), new RunOptions(), () => Task.CompletedTask);
        run.Changes["steady"] = new ScenarioChange { Rate = 7 };
        FormDocument.Of(form, null).Scenarios.Select(s => (s.Name, s.Rate, s.TimeUnitSeconds)).ShouldBe([("ramp", null, null), ("steady", 120, 60)]);
        FormDocument.Of(form, run).Scenarios[1].Rate.ShouldBe(7);
        FormDocument.Of(form, null).Scenarios[1].Text.ShouldBe("120 iterations per 1m for 1m from 30s");
        FormDocument.Of(form with { Defaults = new RunOptions { ReplacesScenarios = true } }, null).Scenarios.ShouldBeEmpty();
    }

    [Fact]
    public void A_plan_has_the_length_and_the_stages_of_its_scenarios()
    {
        var start = DateTimeOffset.UnixEpoch;
        var snapshot = RunSnapshot.Empty with
        {
            StartTime = start,
            Scenarios =
            [
                new ScenarioRow { Name = "ramp", Executor = "ramping users", Length = TimeSpan.FromSeconds(45), StartTime = start },
                new ScenarioRow { Name = "steady", Executor = "constant arrival rate", Length = TimeSpan.FromSeconds(60), StartTime = start.AddSeconds(30) },
            ],
        };
        var plan = PlanDocument.Of(View(snapshot, new RunOptions()));
        plan.RunTimeSeconds.ShouldBe(90);
        plan.Stages.ShouldBe([new StageDocument("ramp 2", 20), new StageDocument("ramp 3", 40)]);
        PlanDocument.Of(View(snapshot, new RunOptions { RunTime = TimeSpan.FromSeconds(30) })).Stages.ShouldBe([new StageDocument("ramp 2", 20)]);
        // Nobody knows when fixed iterations are done.
        var fixedOnes = snapshot with { Scenarios = [.. snapshot.Scenarios, new ScenarioRow { Name = "once", Executor = "", Length = TimeSpan.FromMinutes(10), IterationsTotal = 5, StartTime = start }] };
        PlanDocument.Of(View(fixedOnes, new RunOptions())).RunTimeSeconds.ShouldBeNull();
        ScenarioState.Of(snapshot).Select(s => s.StartSecond).ShouldBe([0, 30]);
    }

    private static RunView View(RunSnapshot snapshot, RunOptions options) =>
        new("1", snapshot, new RunCourse(), "test.cs", options, new TaskRatio([], []), "0.1.0") { Plans = Scenarios() };

    private static IReadOnlyList<ScenarioPlan> Scenarios()
    {
        var definition = LoadTestDefinition.FromTypes([typeof(Fast), typeof(Staged)]);
        return definition.Configure(definition.CreateLoadTest()).Scenarios;
    }

    [Weight(3)]
    public sealed class Fast : User
    {
        protected override WaitTime WaitTime => WaitTime.Constant(1);

        [Task]
        public void Work()
        {
        }
    }

    public sealed class Slow : User
    {
        protected override WaitTime WaitTime => WaitTime.Between(3, 5);

        [Task]
        public void Work()
        {
        }
    }

    public sealed class Unknown : User
    {
        protected override WaitTime WaitTime => WaitTime.Custom(() => 1);

        [Task]
        public void Work()
        {
        }
    }

    public sealed class Restless : User
    {
        [Task]
        public void Work()
        {
        }
    }

    public sealed class Staged : LoadTest
    {
        public override void Configure(LoadTestBuilder test) => test
            .Scenario<Fast>("ramp", Executor.RampingUsers(1, [("20s", 10), ("20s", 10), ("5s", 0)]))
            .Scenario<Fast>("steady", Executor.ConstantArrivalRate(120, "1m", timeUnit: "1m"), startTime: "30s");
    }
}
