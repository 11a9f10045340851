namespace Onrush.Tests.Users;

/// <summary>The table in TaskLoop, row by row.</summary>
public sealed class TaskLoopTests
{
    private readonly FakeRuntime _runtime = new();

    public sealed class Waits : User
    {
        protected override WaitTime WaitTime => WaitTime.Constant(2);

        public override ValueTask OnStartAsync() => SleepAsync(1);

        [Task]
        public ValueTask Work() => SleepAsync(0.5);
    }

    [Fact]
    public void A_user_starts_then_performs_and_waits_in_turn()
    {
        _runtime.Run<Waits>(seconds: 7);

        _runtime.Log.ShouldBe(["started", "Work", "Work", "Work"]);
        _runtime.Iterations.Select(iteration => iteration.At).ShouldBe([1, 3.5, 6]);
        _runtime.Iterations.ShouldAllBe(iteration => iteration.Due == -1 && !iteration.Failed);
    }

    public sealed class Steers : User
    {
        public List<string> Done { get; } = [];

        public Queue<Action> Script { get; } = [];

        protected override WaitTime WaitTime => WaitTime.Constant(10);

        public override ValueTask OnStopAsync()
        {
            Done.Add("stop");
            return default;
        }

        public void Then(string what) => Script.Enqueue(() =>
        {
            switch (what)
            {
                case "reschedule": Reschedule(); break;
                case "now": RescheduleImmediately(); break;
                case "stop user": StopUser(); break;
                case "stop test": StopTest("enough"); break;
                case "interrupt": throw new InterruptTaskSetException();
                case "fail": throw new FormatException("bad");
            }
        });

        [Task]
        public async Task Work()
        {
            await SleepAsync(1);
            Script.Dequeue()();
        }
    }

    [Theory]
    [InlineData("return", 0, 11, false)]
    [InlineData("reschedule", 0, 11, false)]
    [InlineData("now", 0, 1, false)]
    [InlineData("fail", 1, 11, true)]
    [InlineData("interrupt", 1, 11, true)]
    public void What_a_task_throws_decides_how_it_counts_and_when_the_next_starts(string what, int errors, double next, bool failed)
    {
        var user = (Steers)_runtime.Attach(typeof(Steers));
        user.Then(what);
        user.Then("stop user");

        _runtime.Run(user, 100);

        _runtime.Iterations.ShouldBe([("Work", 0, -1, failed), ("Work", next, -1, false)]);
        _runtime.Errors.Count.ShouldBe(errors);
        user.Done.ShouldBe(["stop"]);
    }

    [Fact]
    public void Stop_user_ends_only_the_user()
    {
        var user = (Steers)_runtime.Attach(typeof(Steers));
        user.Then("stop user");

        _runtime.Run(user, 100);

        _runtime.Log.ShouldBe(["started", "Work"]);
        _runtime.StopReasons.ShouldBeEmpty();
        user.Done.ShouldBe(["stop"]);
    }

    [Fact]
    public void Stop_test_ends_the_user_and_asks_for_the_end_of_the_run()
    {
        var user = (Steers)_runtime.Attach(typeof(Steers));
        user.Then("stop test");

        _runtime.Run(user, 100);

        _runtime.Log.ShouldBe(["started", "stop test: enough", "Work"]);
        user.Done.ShouldBe(["stop"]);
    }

    [Fact]
    public void The_stack_of_an_error_names_the_task()
    {
        var user = (Steers)_runtime.Attach(typeof(Steers));
        user.Then("fail");
        user.Then("stop user");

        _runtime.Run(user, 100);

        var (task, exception) = _runtime.Errors.Single();
        task.ShouldBe("Work");
        exception.ShouldBeOfType<FormatException>().StackTrace!.ShouldContain("Steers.Work");
    }

    [Fact]
    public void A_user_that_waits_ends_at_once_when_asked_to_leave()
    {
        var user = (Steers)_runtime.Attach(typeof(Steers));
        user.Then("return");
        var life = _runtime.Begin(user);
        _runtime.Until(5);

        _runtime.Leave();

        life.IsCompletedSuccessfully.ShouldBeTrue();
        _runtime.Seconds.ShouldBe(5);
        user.Done.ShouldBe(["stop"]);
    }

    [Fact]
    public void A_user_that_works_finishes_its_iteration_when_asked_to_leave()
    {
        var user = (Steers)_runtime.Attach(typeof(Steers));
        user.Then("return");
        var life = _runtime.Begin(user);
        _runtime.Until(0.25);

        _runtime.Leave();
        life.IsCompleted.ShouldBeFalse();
        _runtime.Until(double.PositiveInfinity);

        life.IsCompletedSuccessfully.ShouldBeTrue();
        _runtime.Seconds.ShouldBe(1);
        _runtime.Log.ShouldBe(["started", "Work"]);
        user.Done.ShouldBe(["stop"]);
    }

    [Fact]
    public void A_user_that_is_cut_ends_without_a_word_and_its_stop_runs()
    {
        var user = (Steers)_runtime.Attach(typeof(Steers));
        user.Then("return");
        var life = _runtime.Begin(user);
        _runtime.Until(0.25);

        _runtime.Kill(user);

        life.IsCompletedSuccessfully.ShouldBeTrue();
        _runtime.Log.ShouldBe(["started", "interrupted Work"]);
        user.Done.ShouldBe(["stop"]);
    }

    public sealed class HoldsToken : User
    {
        public bool Cancelled { get; private set; }

        [Task]
        public async Task Work()
        {
            var forever = new TaskCompletionSource();
            using var registration = StopToken.Register(() => forever.SetException(new ObjectDisposedException("socket")));
            try
            {
                await forever.Task;
            }
            finally
            {
                Cancelled = StopToken.IsCancellationRequested;
            }
        }
    }

    [Fact]
    public void What_a_cut_user_throws_is_a_consequence_and_no_error()
    {
        var user = (HoldsToken)_runtime.Attach(typeof(HoldsToken));
        var life = _runtime.Begin(user);

        _runtime.Leave();
        life.IsCompleted.ShouldBeFalse("an iteration may finish");
        _runtime.Kill(user);
        _runtime.Until(double.PositiveInfinity);

        life.IsCompletedSuccessfully.ShouldBeTrue();
        user.Cancelled.ShouldBeTrue();
        _runtime.Log.ShouldBe(["started", "interrupted Work"]);
    }

    public sealed class NeverSuspends : User
    {
        public int Turns { get; private set; }

        [Task]
        public void Work()
        {
            if (++Turns == 1000)
                StopUser();
        }
    }

    [Fact]
    public void A_user_that_never_suspends_gives_its_loop_back()
    {
        var user = _runtime.Run<NeverSuspends>(1);

        user.Turns.ShouldBe(1000);
        _runtime.Yields.ShouldBe(1000 / 64);
    }

    public sealed class EntersAndLeaves : User
    {
        public int Entered { get; private set; }

        [Task]
        public sealed class Set : TaskSet<EntersAndLeaves>
        {
            public override ValueTask OnStartAsync()
            {
                if (++User.Entered == 300)
                    StopUser();
                Interrupt();
                return default;
            }

            [Task]
            public void Never() => throw new InvalidOperationException("entered after all");
        }
    }

    [Fact]
    public void So_does_one_that_only_enters_and_leaves_task_sets()
    {
        _runtime.Run<EntersAndLeaves>(1).Entered.ShouldBe(300);

        _runtime.Yields.ShouldBe(300 / 64);
        _runtime.Errors.ShouldBeEmpty();
    }

    public sealed class BrokenWait : User
    {
        protected override WaitTime WaitTime => WaitTime.Custom(() => -1);

        [Task]
        public void Work()
        {
        }
    }

    [Fact]
    public void A_broken_wait_time_is_an_error_and_no_flood()
    {
        _runtime.Run<BrokenWait>(3.5);

        _runtime.Iterations.Select(iteration => iteration.At).ShouldBe([0, 1, 2, 3]);
        _runtime.Errors[0].Task.ShouldBe("WaitTime");
        _runtime.Errors[0].Exception.Message.ShouldBe("The custom wait time gave -1; a wait is a number of seconds from 0.");
    }

    public sealed class WaitsInside : User
    {
        public int Reached { get; private set; }

        protected override WaitTime WaitTime => WaitTime.Constant(5);

        [Task]
        public async Task Work()
        {
            await WaitAsync();
            Reached++;
        }
    }

    [Fact]
    public void A_wait_inside_a_task_takes_the_wait_time_and_ends_the_user_when_it_is_to_leave()
    {
        var user = (WaitsInside)_runtime.Attach(typeof(WaitsInside));
        _runtime.Run(user, 12);

        user.Reached.ShouldBe(1);
        _runtime.Iterations.Select(iteration => iteration.At).ShouldBe([0, 10]);
        _runtime.Seconds.ShouldBe(12);
        _runtime.Errors.ShouldBeEmpty();
    }

    public sealed class Bodies : User
    {
        public List<string> Done { get; } = [];

        [Task]
        public sealed class Each : SequentialTaskSet<Bodies>
        {
            [Task]
            public void Nothing() => User.Done.Add("void");

            [Task]
            public async Task Plain()
            {
                await SleepAsync(1);
                User.Done.Add("Task");
            }

            [Task]
            public async Task<int> WithResult()
            {
                await SleepAsync(1);
                User.Done.Add("Task<int>");
                return 1;
            }

            [Task]
            public async ValueTask Light()
            {
                await SleepAsync(1);
                User.Done.Add("ValueTask");
            }

            [Task]
            private async ValueTask<int> LightWithResult()
            {
                await SleepAsync(1);
                User.Done.Add("ValueTask<int>");
                return 1;
            }

            [Task]
            public Task? Null() => null;

            [Task]
            public ValueTask<string> Fails() => throw new FormatException("bad");

            [Task]
            public async ValueTask<string> FailsLater()
            {
                await SleepAsync(1);
                throw new FormatException("worse");
            }

            [Task]
            public void End() => StopUser();
        }
    }

    [Fact]
    public void Tasks_may_return_nothing_or_anything_to_wait_for()
    {
        var user = _runtime.Run<Bodies>(100);

        user.Done.ShouldBe(["void", "Task", "Task<int>", "ValueTask", "ValueTask<int>"]);
        _runtime.Iterations.Count.ShouldBe(9);
        _runtime.Errors.Select(error => $"{error.Task} {error.Exception.Message}").ShouldBe(["Each.Fails bad", "Each.FailsLater worse"]);
    }

    [Fact]
    public void What_finishes_on_the_loop_is_not_posted_to_it()
    {
        _runtime.Run<Bodies>(100);

        _runtime.Posts.ShouldBe(0);
    }
}
