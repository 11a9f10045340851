using Onrush.Measurement;
using Onrush.Tests.Users;
using Onrush.Users;

namespace Onrush.Tests.Checks;

public sealed class ReportingTests
{
    private readonly FakeRuntime _runtime = new();

    public ReportingTests() => LoadTestDefinition.FromTypes([typeof(Reporter)]).Metrics.Count.ShouldBe(4);

    public sealed class Reporter : User
    {
        public static readonly Counter Orders = new("reporter_orders");
        public static readonly Gauge Queue = new("reporter_queue");
        public static readonly Rate Hits = new("reporter_hits");
        public static readonly Trend Wait = new("reporter_wait", MetricUnit.Milliseconds);

        public Func<Reporter, Task> Body { get; set; } = _ => Task.CompletedTask;

        protected override WaitTime WaitTime => WaitTime.Constant(1000);

        [Task]
        public Task Work() => Body(this);
    }

    [Fact]
    public void Every_kind_takes_its_values_with_tags()
    {
        Perform(user =>
        {
            Reporter.Orders.Add();
            Reporter.Orders.Add(2.5, ("page", "home"));
            Reporter.Queue.Set(-4);
            Reporter.Hits.Add(true);
            Reporter.Hits.Add(false);
            Reporter.Wait.Add(12.5, ("a", "1"), ("b", "2"));
            return Task.CompletedTask;
        });
        _runtime.Reported.ShouldBe(
        [
            "reporter_orders 1", "reporter_orders 2.5 {page:home}", "reporter_queue -4", "reporter_hits 1", "reporter_hits 0", "reporter_wait 12.5 {a:1,b:2}",
        ]);
        _runtime.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void The_user_is_known_behind_awaits_and_on_other_threads()
    {
        var user = (Reporter)_runtime.Attach(typeof(Reporter));
        var done = false;
        user.Body = async _ =>
        {
            user.Tags["page"] = "home";
            await user.SleepAsync(1);
            Reporter.Orders.Add(1);
            await user.RunBlockingAsync(() => Reporter.Orders.Add(2));
            Reporter.Orders.Add(3);
            done = true;
        };
        var life = _runtime.Begin(user);
        _runtime.Until(1);
        _runtime.Pump(() => done);
        _runtime.Leave();
        _runtime.Until(double.PositiveInfinity);
        life.IsCompletedSuccessfully.ShouldBeTrue();
        _runtime.Reported.ShouldBe(["reporter_orders 1 {page:home}", "reporter_orders 2 {page:home}", "reporter_orders 3 {page:home}"]);
    }

    [Fact]
    public void A_check_counts_and_gives_its_result_back()
    {
        Perform(user =>
        {
            user.Check("good", true).ShouldBeTrue();
            user.Check("bad", false).ShouldBeFalse();
            user.Check(("a", true), ("b", false), ("c", true)).ShouldBeFalse();
            user.Check(("a", true)).ShouldBeTrue();
            return Task.CompletedTask;
        });
        _runtime.Reported.ShouldBe(["good True", "bad False", "a True", "b False", "c True", "a True"]);
        _runtime.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void Tags_stay_until_they_are_taken_away()
    {
        Perform(user =>
        {
            user.Tags["page"] = "home";
            user.Tags["page"].ShouldBe("home");
            user.Check("one", true);
            user.Tags["page"] = null;
            user.Tags["page"].ShouldBeNull();
            user.Check("two", true);
            return Task.CompletedTask;
        });
        _runtime.Reported.ShouldBe(["one True {page:home}", "two True"]);
    }

    [Fact]
    public void Outside_of_users_there_is_nobody_whose_scenario_a_value_would_have() =>
        Should.Throw<InvalidOperationException>(() => Reporter.Orders.Add()).Message.ShouldBe(
            "The Counter reporter_orders takes values from the code of users while they run, not from here: there is no user whose scenario and tags they would have.");

    [Fact]
    public void A_metric_that_the_run_could_not_find_says_so()
    {
        var hidden = new Counter("hidden");
        Perform(_ =>
        {
            hidden.Add();
            return Task.CompletedTask;
        });
        _runtime.Errors.Single().Exception.Message.ShouldBe(
            "The Counter hidden is not known to the run: make it a static readonly field of a class of the load test.");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1.1e18)]
    public void A_value_that_sums_could_not_hold_is_refused(double value)
    {
        Perform(_ =>
        {
            Reporter.Wait.Add(value);
            return Task.CompletedTask;
        });
        _runtime.Errors.Single().Exception.ShouldBeOfType<ArgumentOutOfRangeException>().Message.ShouldStartWith("A value of the metric reporter_wait is a number");
        _runtime.Reported.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("name", "x", "The tag 'name' is set by Onrush itself: take another name.")]
    [InlineData("group", "x", "The tag 'group' is set by Onrush itself: take another name.")]
    [InlineData("", "x", "'' cannot be the name of a tag: take at most 64 of A-Z a-z 0-9 _ - and .")]
    [InlineData("a b", "x", "'a b' cannot be the name of a tag: take at most 64 of A-Z a-z 0-9 _ - and .")]
    public void A_tag_that_cannot_be_is_refused_wherever_it_is_set(string name, string value, string message)
    {
        Perform(user =>
        {
            Should.Throw<ArgumentException>(() => user.Tags[name] = value).Message.ShouldStartWith(message);
            Should.Throw<ArgumentException>(() => Reporter.Orders.Add(1, (name, value))).Message.ShouldStartWith(message);
            return Task.CompletedTask;
        });
        _runtime.Errors.ShouldBeEmpty();
        _runtime.Reported.ShouldBeEmpty();
    }

    [Fact]
    public void Names_of_checks_and_groups_that_cannot_be_are_refused()
    {
        Perform(user =>
        {
            Should.Throw<ArgumentException>(() => user.Check("", true));
            Should.Throw<ArgumentException>(() => user.Check(new string('x', 201), true));
            Should.Throw<ArgumentException>(() => user.Group(""));
            Should.Throw<ArgumentException>(() => user.Group("a::b"));
            Should.Throw<ArgumentException>(() => user.Tags["page"] = new string('x', 201));
            return Task.CompletedTask;
        });
        _runtime.Errors.ShouldBeEmpty();
    }

    private void Perform(Func<Reporter, Task> body)
    {
        var user = (Reporter)_runtime.Attach(typeof(Reporter));
        user.Body = body;
        _runtime.Run(user, 100);
    }
}
