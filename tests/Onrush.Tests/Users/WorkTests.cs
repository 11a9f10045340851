namespace Onrush.Tests.Users;

/// <summary>What a task may do besides requests: measure, block, sleep.</summary>
public sealed class WorkTests
{
    private readonly FakeRuntime _runtime = new();

    public sealed class Measures : User
    {
        public List<string> Done { get; } = [];

        public Func<Measures, Task> Body { get; set; } = _ => Task.CompletedTask;

        protected override WaitTime WaitTime => WaitTime.Constant(1000);

        [Task]
        public Task Work() => Body(this);

        public static void EndUser() => StopUser();
    }

    private Measures Perform(Func<Measures, Task> body)
    {
        var user = (Measures)_runtime.Attach(typeof(Measures));
        user.Body = body;
        _runtime.Run(user, 100);
        return user;
    }

    [Fact]
    public void An_operation_is_measured_with_its_time_and_size()
    {
        Perform(async user =>
        {
            await user.MeasureAsync("SQL", "insert", async () => await user.SleepAsync(0.25));
            var text = await user.MeasureAsync("SQL", "select", async () =>
            {
                await user.SleepAsync(2);
                return "four";
            }, result => result.Length);
            user.Done.Add(text);
        }).Done.ShouldBe(["four"]);

        _runtime.Measured.ShouldBe([("SQL", "insert", 250_000_000, 0, null), ("SQL", "select", 2_000_000_000, 4, null)]);
        _runtime.Posts.ShouldBe(0);
    }

    [Fact]
    public void An_operation_that_throws_is_a_failure_and_the_exception_goes_on()
    {
        Perform(async user =>
        {
            await Caught(() => user.MeasureAsync("SQL", "bad", async () =>
            {
                await user.SleepAsync(1);
                throw new FormatException("no such table\nline 2");
            }));
            await Caught(() => user.MeasureAsync("SQL", "at once", () => throw new FormatException("x")));
            await user.MeasureAsync("SQL", "size", () => Task.FromResult(1), _ => throw new FormatException("y"));
        });

        _runtime.Measured.Select(measured => (measured.Name, measured.DurationNs, measured.Error)).ShouldBe([
            ("bad", 1_000_000_000L, (string?)"FormatException: no such table"),
            ("at once", 0L, "FormatException: x"),
            ("size", 0L, "FormatException: y"),
        ]);
        _runtime.Errors.Single().Exception.Message.ShouldBe("y");

        static async Task Caught(Func<Task> work)
        {
            try
            {
                await work();
            }
            catch (FormatException)
            {
                return;
            }

            throw new InvalidOperationException("the failure did not come out");
        }
    }

    [Fact]
    public void Control_flow_out_of_an_operation_is_no_failure()
    {
        Perform(user => user.MeasureAsync("SQL", "last", async () =>
        {
            await user.SleepAsync(1);
            Measures.EndUser();
        }));

        _runtime.Measured.ShouldBe([("SQL", "last", 1_000_000_000, 0, null)]);
        _runtime.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void An_operation_that_is_cut_with_its_user_is_cancelled()
    {
        var user = (Measures)_runtime.Attach(typeof(Measures));
        user.Body = me => me.MeasureAsync("SQL", "long", async () => await me.SleepAsync(60));
        var life = _runtime.Begin(user);
        _runtime.Until(1);

        _runtime.Kill(user);

        life.IsCompletedSuccessfully.ShouldBeTrue();
        _runtime.Log.ShouldBe(["started", "cancelled SQL long", "interrupted Work"]);
        _runtime.Measured.ShouldBeEmpty();
    }

    [Fact]
    public void Blocking_work_runs_elsewhere_and_comes_back_to_the_loop()
    {
        var threads = new List<(int Inside, int After)>();
        var user = (Measures)_runtime.Attach(typeof(Measures));
        user.Body = async me =>
        {
            var inside = 0;
            await me.RunBlockingAsync(() => { inside = Environment.CurrentManagedThreadId; });
            threads.Add((inside, Environment.CurrentManagedThreadId));
            var result = await me.RunBlockingAsync(() => Environment.CurrentManagedThreadId);
            threads.Add((result, Environment.CurrentManagedThreadId));
            await me.RunBlockingAsync(async () =>
            {
                await Task.Yield();
                inside = Environment.CurrentManagedThreadId;
            });
            threads.Add((inside, Environment.CurrentManagedThreadId));
            await me.RunBlockingAsync(() => throw new FormatException("blocked"));
        };
        var life = _runtime.Begin(user);

        _runtime.Pump(() => _runtime.Errors.Count == 1);

        threads.Count.ShouldBe(3);
        threads.ShouldAllBe(pair => pair.Inside != _runtime.LoopThread && pair.After == _runtime.LoopThread);
        _runtime.Errors.Single().Exception.Message.ShouldBe("blocked");
        _runtime.Leave();
        life.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void A_task_that_strays_to_another_thread_is_brought_back_before_anything_is_counted()
    {
        var user = (Measures)_runtime.Attach(typeof(Measures));
        user.Body = async me => await Task.Run(() => me.Done.Add("elsewhere")).ConfigureAwait(false);
        var life = _runtime.Begin(user);

        _runtime.Pump(() => _runtime.Iterations.Count == 1);

        _runtime.Leave();
        life.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void Measuring_and_sleeping_find_back_to_the_loop_from_another_thread()
    {
        var user = (Measures)_runtime.Attach(typeof(Measures));
        user.Body = async me =>
        {
            await Task.Run(() => { }).ConfigureAwait(false);
            await me.MeasureAsync("SQL", "stray", () => Task.FromResult(1), _ => 8);
            await Task.Run(() => { }).ConfigureAwait(false);
            await me.SleepAsync(0);
            await Task.Run(() => { }).ConfigureAwait(false);
            await me.WaitAsync();
        };
        var life = _runtime.Begin(user);

        _runtime.Pump(() => _runtime.Waiting == 1);
        _runtime.Measured.ShouldBe([("SQL", "stray", 0, 8, null)]);
        _runtime.Until(1500);
        _runtime.Pump(() => _runtime.Iterations.Count == 1);
        _runtime.Leave();

        _runtime.Errors.ShouldBeEmpty();
        _runtime.Until(double.PositiveInfinity);
        life.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void The_time_back_from_another_thread_is_not_the_operations()
    {
        var user = (Measures)_runtime.Attach(typeof(Measures));
        user.Body = me => me.MeasureAsync("SQL", "elsewhere", () => Task.Run(() => { }));
        var life = _runtime.Begin(user);

        // The clock of the fake runtime stands still, so all that is seen is the time taken off for the way back.
        _runtime.Pump(() => _runtime.Measured.Count == 1);

        _runtime.Measured.Single().DurationNs.ShouldBeLessThanOrEqualTo(0);
        _runtime.Measured.Single().Error.ShouldBeNull();
        _runtime.Leave();
        life.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void A_sleep_is_part_of_the_iteration()
    {
        var user = (Measures)_runtime.Attach(typeof(Measures));
        user.Body = async me =>
        {
            await me.SleepAsync(10);
            me.Done.Add("slept");
        };
        var life = _runtime.Begin(user);
        _runtime.Until(1);
        _runtime.Leave();
        life.IsCompleted.ShouldBeFalse();

        _runtime.Until(10);

        life.IsCompletedSuccessfully.ShouldBeTrue();
        user.Done.ShouldBe(["slept"]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(2e9)]
    public void A_sleep_of_no_length_of_time_is_refused(double seconds)
    {
        Perform(async user => await user.SleepAsync(seconds));

        _runtime.Errors.Single().Exception.ShouldBeOfType<ArgumentOutOfRangeException>();
    }
}
