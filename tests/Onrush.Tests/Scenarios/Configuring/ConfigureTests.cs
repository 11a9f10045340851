using System.Runtime.CompilerServices;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Tests.Scenarios.Configuring;

public sealed class ConfigureTests
{
    internal static LoadTestConfiguration Configure(Action<LoadTestBuilder> configure, params string[] chosen)
    {
        var definition = LoadTestDefinition.FromTypes([typeof(Buyer), typeof(Looker), typeof(AnyUser)]).Select(chosen, [], []);
        return definition.Configure(new Configured(configure));
    }

    [Fact]
    public void A_load_test_that_configures_nothing_has_no_scenarios()
    {
        LoadTestDefinition definition = LoadTestDefinition.FromTypes([typeof(Buyer)]);

        var configuration = definition.Configure(definition.CreateLoadTest());

        configuration.Scenarios.ShouldBeEmpty();
        configuration.Thresholds.ShouldBeEmpty();
        configuration.Limits.ShouldBeNull();
    }

    [Fact]
    public void Everything_given_arrives()
    {
        var configuration = Configure(test => test
            .Scenario<Buyer>("warm", Executor.ConstantUsers(2, "10s"), warmUp: true)
            .Scenario<Buyer>(
                "peak", user => user.Buy, Executor.PerUserIterations(10_000), startTime: "1m", gracefulStop: TimeSpan.FromSeconds(5),
                tags: [("page", "cart"), ("kind", "buy")], after: "warm")
            .Scenario("all", Executor.UsersAndSpawnRate(100, 10))
            .Threshold("http_req_failed", "rate<0.01")
            .Threshold(" http_req_duration{name:buy} ", "p(95)<1000", abortOnFail: true, delayAbort: "10s")
            .CheckLimits(failed: 0.01));

        configuration.Scenarios.Select(scenario => scenario.Name).ShouldBe(["warm", "peak", "all"]);
        var warm = configuration.Scenarios[0];
        warm.WarmUp.ShouldBeTrue();
        warm.Entry.ShouldBeNull();
        warm.StartTime.ShouldBe(TimeSpan.Zero);
        warm.GracefulStop.ShouldBe(TimeSpan.FromSeconds(30));
        warm.Tags.IsEmpty.ShouldBeTrue();
        warm.After.ShouldBeNull();

        var peak = configuration.Scenarios[1];
        peak.Classes.Select(user => user.Type).ShouldBe([typeof(Buyer)]);
        peak.Entry!.Path.ShouldBe("Buy");
        peak.Executor.ShouldBe(Executor.PerUserIterations(10_000, 1, "10m"));
        peak.StartTime.ShouldBe(TimeSpan.FromMinutes(1));
        peak.GracefulStop.ShouldBe(TimeSpan.FromSeconds(5));
        peak.Tags.ToString().ShouldBe("{kind:buy,page:cart}");
        peak.After.ShouldBe("warm");
        peak.WarmUp.ShouldBeFalse();

        configuration.Scenarios[2].Classes.Select(user => user.Name).ShouldBe(["Buyer", "Looker"]);
        configuration.Thresholds.Select(threshold => threshold with { Place = null }).ShouldBe(
        [
            new ThresholdText("http_req_failed", "rate<0.01", false, TimeSpan.Zero),
            new ThresholdText("http_req_duration{name:buy}", "p(95)<1000", true, TimeSpan.FromSeconds(10)),
        ]);
        configuration.Limits.ShouldBe(new IterationLimits(0.01, null, null));
    }

    [Fact]
    public void Defaults_of_executors_are_those_of_k6_but_for_the_pool()
    {
        Executor.SharedIterations().ShouldBe(new SharedIterationsExecutor(1, 1, "10m"));
        Executor.PerUserIterations().ShouldBe(new PerUserIterationsExecutor(1, 1, "10m"));
        ((RampingUsersExecutor)Executor.RampingUsers(1, [("1s", 2)])).GracefulRampDown.ShouldBe("30s");
        var arrivals = (ArrivalRateExecutor)Executor.ConstantArrivalRate(1, "1s");
        arrivals.TimeUnit.ShouldBe("1s");
        arrivals.WhenBusy.ShouldBe(WhenBusy.Queue);
        arrivals.MaxUsers.ShouldBe(10_000);
        arrivals.PreAllocatedUsers.ShouldBe(0);
    }

    [Fact]
    public void A_load_shape_is_made_anew_for_each_run()
    {
        var executor = (LoadShapeExecutor)Executor.LoadShape<Flat>();

        executor.Create().ShouldBeOfType<Flat>().ShouldNotBeSameAs(executor.Create());
        executor.Ends.ShouldBeTrue();
    }

    [Fact]
    public void Scenarios_of_classes_that_were_not_chosen_are_left_out()
    {
        var configuration = Configure(
            test => test.Scenario<Buyer>("buy", Executor.ConstantUsers(1, "1s")).Scenario<Looker>("look", Executor.ConstantUsers(1, "1s"))
                .Scenario("all", Executor.ConstantUsers(1, "1s")),
            "Looker");

        configuration.Scenarios.Select(scenario => scenario.Name).ShouldBe(["look", "all"]);
        configuration.Scenarios[1].Classes.Select(user => user.Name).ShouldBe(["Looker"]);
    }

    [Theory]
    [InlineData("Buyer", "Scenario look: it starts after buy, whose user class Buyer was not chosen; name that class too.")]
    [InlineData("Looker", "No scenario is for Looker: name other user classes (Buyer), or none.")]
    public void A_choice_that_leaves_nothing_to_run_is_refused(string missing, string message)
    {
        var thrown = Should.Throw<LoadTestException>(() => missing == "Buyer"
            ? Configure(test => test.Scenario<Buyer>("buy", Executor.ConstantUsers(1, "1s")).Scenario<Looker>("look", Executor.ConstantUsers(1, "1s"), after: "buy"), "Looker")
            : Configure(test => test.Scenario<Buyer>("buy", Executor.ConstantUsers(1, "1s")), "Looker"));

        thrown.Message.ShouldBe(message);
    }

    [Fact]
    public void What_is_wrong_is_shown_where_it_stands()
    {
        var thrown = Should.Throw<LoadTestException>(() => Configure(test => test
            .Threshold("http_reqs", "count>1")
            .Scenario<Buyer>("peak", Executor.ConstantUsers(0, "1s"))));

        thrown.File.ShouldBe(File());
        thrown.Line.ShouldBe(Line() - 3);
    }

    [Fact]
    public void What_configure_throws_names_the_load_test()
    {
        Should.Throw<LoadTestException>(() => Configure(_ => throw new FormatException("no\nnumber"))).Message
            .ShouldBe("ConfigureTests.Configured.Configure threw FormatException: no number");
        Should.Throw<LoadTestException>(() => Configure(_ => throw new LoadTestException("Bad."))).Message.ShouldBe("Bad.");
    }

    private static string File([CallerFilePath] string file = "") => file;

    private static int Line([CallerLineNumber] int line = 0) => line;

    public sealed class Configured(Action<LoadTestBuilder> configure) : LoadTest
    {
        public override void Configure(LoadTestBuilder test) => configure(test);
    }

    public sealed class Flat : LoadShape
    {
        public override ShapeTick? Tick() => null;
    }

    public abstract class AnyUser : User
    {
        [Task]
        public void Look()
        {
        }
    }

    public sealed class Buyer : AnyUser
    {
        public Func<Task> Field { get; } = () => Task.CompletedTask;

        public ValueTask Buy() => default;

        public Task Pay(int amount) => Task.FromResult(amount);

        public int Count() => 1;

        public static Task Shared() => Task.CompletedTask;

        public async void Forget() => await Task.Yield();
    }

    public sealed class Looker : AnyUser;

    public sealed class Stranger : AnyUser;
}
