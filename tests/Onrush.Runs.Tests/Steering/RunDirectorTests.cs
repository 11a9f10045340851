using System.Text.Json;
using Onrush.Measurement;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Runs.Tests.Steering;

/// <summary>A director that goes on after another one decides what the other would have decided.</summary>
public sealed class RunDirectorTests
{
    private const long Second = 1_000_000_000;
    private const long StartNs = 1_700_000_000 * Second;

    private static readonly JsonSerializerOptions Everything = new() { IncludeFields = true };
    private static readonly IReadOnlyList<UserClass> Classes = LoadTestDefinition.FromTypes([typeof(Anybody)]).Users;

    public static TheoryData<string, int> Cases => new()
    {
        { "ramps", 0 }, { "ramps", 1 }, { "ramps", 3 }, { "users", 0 }, { "users", 1 }, { "users", 3 }, { "rate", 0 }, { "rate", 1 }, { "rate", 3 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Who_goes_on_gives_the_same_next_order(string kind, int changes)
    {
        var first = Director(kind);
        var last = first.Start(StartNs).ShouldHaveSingleItem();
        for (var i = 1; i <= changes; i++)
            last = first.Change("s", ChangeOf(kind, i), StartNs + i * 10 * Second).ShouldNotBeNull();

        var second = Director(kind);
        second.Restore([last], Facts.Of(first, StartNs + 100 * Second, (StartNs + 100 * Second) / 1_000_000));

        var (a, b) = (first.Scenarios[0], second.Scenarios[0]);
        (b.StartNs, b.EndNs, b.TargetUsers, b.SpawnRate, b.RampEndNs, b.Length).ShouldBe((a.StartNs, a.EndNs, a.TargetUsers, a.SpawnRate, a.RampEndNs, a.Length));
        var wanted = ChangeOf(kind, 7);
        ScenarioOrder expected = first.Change("s", wanted, StartNs + 110 * Second)!, found = second.Change("s", wanted, StartNs + 110 * Second)!;
        Text(found).ShouldBe(Text(expected));
    }

    [Fact]
    public void What_waited_for_another_scenario_and_was_started_is_not_started_again()
    {
        ScenarioPlan[] plan = [Plan("a", Executor.SharedIterations(1, 1)), Plan("b", Executor.SharedIterations(1, 1)) with { After = "a" }];
        var first = new RunDirector(plan, []);
        List<ScenarioOrder> orders = first.Start(StartNs);
        var facts = Facts.Of(first, StartNs, StartNs / 1_000_000);
        orders.AddRange(first.Advance(StartNs + Second, name => name == "a", goesOn: true));
        orders.Select(order => order.Scenario).ShouldBe(["a", "b"]);

        // The order was kept, and that the other is over was not.
        var second = new RunDirector(plan, []);
        second.Restore(orders, facts);
        second.Advance(StartNs + 2 * Second, name => name == "a", goesOn: true).ShouldBeEmpty();
        second.Scenarios[0].EndNs.ShouldBe(StartNs + 2 * Second);
        second.Scenarios[1].IsUnderWay.ShouldBeTrue();
    }

    private static RunDirector Director(string kind) => new(
        [Plan("s", kind switch
        {
            "ramps" => new UsersAndSpawnRateExecutor(50, 5, null),
            "users" => Executor.RampingUsers(10, [new Stage("1m", 100), new Stage("10m", 100)]),
            _ => Executor.ConstantArrivalRate(100, "10m", maxUsers: 10),
        })],
        Classes);

    private static ScenarioChange ChangeOf(string kind, int i) => kind switch
    {
        "ramps" => new ScenarioChange { Users = 50 + (i % 2 == 0 ? -3 : 7) * i, SpawnRate = 2 * i },
        "users" => i % 2 == 0 ? new ScenarioChange { Users = 20 * i } : new ScenarioChange { Stages = [new Stage("30s", 5 * i), new Stage("8m", 40)] },
        _ => i % 2 == 0 ? new ScenarioChange { Rate = 10 * i } : new ScenarioChange { Stages = [new Stage("1m", 7 * i), new Stage("5m", 20)] },
    };

    private static string Text(ScenarioOrder order) => order is ArrivalOrder { Executor: var executor }
        ? $"{order.AtNs} {JsonSerializer.Serialize(executor, executor.GetType(), Everything)}"
        : JsonSerializer.Serialize(order, order.GetType(), Everything);

    private static ScenarioPlan Plan(string name, Executor executor) =>
        new(name, Classes, null, executor, TimeSpan.Zero, TimeSpan.Zero, TagSet.Empty, null, WarmUp: false);

    public sealed class Anybody : User
    {
        [Task]
        public Task Nothing() => Task.CompletedTask;
    }
}
