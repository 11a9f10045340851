using Onrush.Users;

namespace Onrush.Tests.Users;

public sealed class LoadTestDefinitionTests
{
    public abstract class NotSpawned : User
    {
        [Task]
        public void Common()
        {
        }
    }

    [Tag("shop")]
    public sealed class Buyer : NotSpawned
    {
        [Task, Tag("buy", "slow")]
        public void Buy()
        {
        }

        [Task, Tag("look")]
        public sealed class Look : TaskSet
        {
            [Task]
            public void Glance()
            {
            }

            [Task, Tag("slow")]
            public void Read()
            {
            }
        }

        [Task, Tag("chain")]
        public sealed class Walk : MarkovTaskSet
        {
            [Transition(nameof(Step))]
            public void Step()
            {
            }
        }
    }

    internal sealed class Admin : NotSpawned
    {
        protected override string Host => "http://admin.example";

        internal override bool NeedsHost => true;
    }

    public sealed class Generic<T> : NotSpawned;

    private sealed class Private : NotSpawned;

    private static LoadTestDefinition Shop(params Type[] more) =>
        LoadTestDefinition.FromTypes([typeof(Buyer), typeof(Admin), typeof(NotSpawned), typeof(Generic<>), typeof(Private), .. more]);

    private static string[] Left(LoadTestDefinition definition) =>
        [.. definition.Users.SelectMany(user => Flatten(user.Tasks).Select(path => $"{user.Name}.{path}"))];

    private static IEnumerable<string> Flatten(TaskList tasks) =>
        tasks.Nodes.SelectMany(node => node.Tasks is null ? [node.Path] : Flatten(node.Tasks));

    [Fact]
    public void Concrete_public_and_internal_users_are_found_by_name()
    {
        Shop().Users.Select(user => user.Name).ShouldBe(["Admin", "Buyer"]);
    }

    [Theory]
    [InlineData("buy", "", "Buyer.Buy")]
    [InlineData("slow", "", "Buyer.Buy Buyer.Look.Read")]
    [InlineData("slow", "buy", "Buyer.Look.Read")]
    [InlineData("look", "", "Buyer.Look.Glance Buyer.Look.Read")]
    [InlineData("look buy", "", "Buyer.Buy Buyer.Look.Glance Buyer.Look.Read")]
    [InlineData("", "slow", "Buyer.Common Buyer.Look.Glance Buyer.Walk.Step")]
    [InlineData("", "look", "Buyer.Common Buyer.Buy Buyer.Walk.Step")]
    [InlineData("shop", "look chain", "Buyer.Common Buyer.Buy")]
    [InlineData("chain", "", "Buyer.Walk.Step")]
    public void Tags_choose_tasks_and_excluding_wins(string tags, string exclude, string left)
    {
        Left(Shop().Select(["Buyer"], Words(tags), Words(exclude))).ShouldBe(left.Split(' '));

        static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void A_class_left_without_tasks_is_an_error_that_names_it()
    {
        Should.Throw<LoadTestException>(() => Shop().Select([], ["buy"], ["x"])).Message.ShouldBe(
            "Admin has no task left with --tags buy --exclude-tags x: choose other tags, or name the user classes to run without it.");
        Should.Throw<LoadTestException>(() => Shop().Select(["Buyer"], [], ["shop"])).Message.ShouldStartWith("Buyer has no task left with --exclude-tags shop:");
    }

    [Fact]
    public void Choosing_classes_keeps_the_whole_definition_as_it_was()
    {
        var shop = Shop();

        shop.Select(["Admin"], [], []).Users.Select(user => user.Name).ShouldBe(["Admin"]);
        shop.Users.Count.ShouldBe(2);
        shop.Select([], [], []).Users.ShouldBe(shop.Users);
    }

    [Theory]
    [InlineData("Byer", "There is no user class Byer (the load test has Admin, Buyer); did you mean Buyer?")]
    [InlineData("buyer", "There is no user class buyer (the load test has Admin, Buyer); did you mean Buyer?")]
    [InlineData("Whatever", "There is no user class Whatever (the load test has Admin, Buyer)")]
    public void An_unknown_class_is_an_error_with_the_nearest_name(string name, string message)
    {
        Should.Throw<LoadTestException>(() => Shop().Select([name], [], [])).Message.ShouldBe(message);
    }

    public static class Other
    {
        public sealed class Buyer : NotSpawned;
    }

    public sealed class FirstTest : LoadTest
    {
        public bool Made { get; } = true;
    }

    public sealed class SecondTest : LoadTest;

    public sealed class Flat : LoadShape
    {
        public override ShapeTick? Tick() => null;
    }

    public sealed class NeedsNumber(int number) : LoadShape
    {
        public override ShapeTick? Tick() => (number, 1);
    }

    [Fact]
    public void What_cannot_be_a_load_test_is_refused()
    {
        Refused(typeof(string)).ShouldBe("There is no user class: derive a public class from HttpUser, FastHttpUser or User.");
        Refused(typeof(NotSpawned)).ShouldStartWith("There is no user class");
        Refused(typeof(Buyer), typeof(Other.Buyer)).ShouldStartWith("Two user classes are named Buyer (");
        Refused(typeof(Buyer), typeof(FirstTest), typeof(SecondTest)).ShouldBe(
            "Several classes derive from LoadTest (LoadTestDefinitionTests.FirstTest, LoadTestDefinitionTests.SecondTest): keep one.");
        Refused(typeof(Buyer), typeof(NeedsNumber)).ShouldStartWith("LoadTestDefinitionTests.NeedsNumber has no constructor without parameters");

        static string Refused(params Type[] types) => Should.Throw<LoadTestException>(() => LoadTestDefinition.FromTypes(types)).Message;
    }

    [Fact]
    public void The_load_test_class_is_made_when_there_is_one_and_stood_in_for_when_not()
    {
        Shop(typeof(FirstTest)).CreateLoadTest().ShouldBeOfType<FirstTest>().Made.ShouldBeTrue();
        Shop().LoadTestType.ShouldBeNull();
        Shop().CreateLoadTest().Events.ShouldNotBeNull();
    }

    [Fact]
    public void Shapes_are_found_and_made()
    {
        var shop = Shop(typeof(Flat));

        LoadTestDefinition.CreateShape(shop.Shapes.Single()).ShouldBeOfType<Flat>();
    }

    public sealed class CannotBeMade : NotSpawned
    {
        public CannotBeMade() => throw new FormatException("no file");
    }

    public sealed class BadWait : NotSpawned
    {
        protected override WaitTime WaitTime => WaitTime.Between(4, 1);
    }

    public sealed class HostNeedsRun : NotSpawned
    {
        protected override string Host => $"http://{Runtime.Now}.example";
    }

    public sealed class WaitNeedsRun : NotSpawned
    {
        protected override WaitTime WaitTime => WaitTime.Constant(Random.Next(3));

        internal override bool NeedsHost => StopToken.CanBeCanceled;
    }

    [Fact]
    public void A_class_tells_its_host_and_what_is_wrong_with_it_before_the_run()
    {
        var users = LoadTestDefinition.FromTypes([typeof(Admin), typeof(CannotBeMade), typeof(BadWait), typeof(HostNeedsRun), typeof(WaitNeedsRun)]).Users.ToDictionary(user => user.Name);

        users["Admin"].Host.ShouldBe("http://admin.example");
        users["Admin"].NeedsHost.ShouldBeTrue();
        Should.Throw<LoadTestException>(() => users["CannotBeMade"].Host).Message.ShouldBe("LoadTestDefinitionTests.CannotBeMade cannot be made: FormatException: no file");
        Should.Throw<LoadTestException>(() => users["BadWait"].Host).Message.ShouldStartWith("LoadTestDefinitionTests.BadWait has a bad wait time: The longest wait is below the shortest, 4 s.");
        Should.Throw<LoadTestException>(() => users["HostNeedsRun"].NeedsHost).Message.ShouldStartWith("LoadTestDefinitionTests.HostNeedsRun cannot tell its host: InvalidOperationException: HostNeedsRun is not running yet");
        users["WaitNeedsRun"].Host.ShouldBeNull();
    }

    [Fact]
    public void A_whole_assembly_can_be_read()
    {
        // This very assembly holds classes with every mistake there is, so it is refused for one of them.
        Should.Throw<LoadTestException>(() => LoadTestDefinition.FromAssembly(typeof(LoadTestDefinitionTests).Assembly));
        Should.Throw<LoadTestException>(() => LoadTestDefinition.FromAssembly(typeof(User).Assembly)).Message.ShouldStartWith("There is no user class");
    }
}
