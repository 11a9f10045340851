namespace Onrush.Tests.Users;

public sealed class UserLifeTests
{
    private readonly FakeRuntime _runtime = new();

    public abstract class Recorded : User
    {
        public List<string> Done { get; } = [];

        [Task]
        public async Task Work()
        {
            Done.Add("work");
            await SleepAsync(1);
        }

        public override ValueTask OnStopAsync()
        {
            Done.Add("stop");
            return default;
        }
    }

    public sealed class StartFails : Recorded
    {
        public override async ValueTask OnStartAsync()
        {
            await SleepAsync(1);
            throw new InvalidOperationException("login refused");
        }
    }

    [Fact]
    public void A_failed_start_is_an_error_and_the_user_performs_nothing()
    {
        _runtime.Run<StartFails>(5).Done.ShouldBeEmpty();

        _runtime.Log.ShouldBe(["error OnStartAsync: login refused", "not started"]);
    }

    public sealed class GivesUp : Recorded
    {
        public override ValueTask OnStartAsync()
        {
            StopUser();
            return default;
        }
    }

    public sealed class GivesUpForAReason : Recorded
    {
        public override ValueTask OnStartAsync()
        {
            StopUser("no account left");
            return default;
        }
    }

    [Fact]
    public void The_reason_of_a_user_that_ends_itself_in_its_start_is_counted()
    {
        _runtime.Run<GivesUpForAReason>(5).Done.ShouldBe(["stop"]);

        _runtime.Log.ShouldBe(["stopped: no account left", "not started"]);
        _runtime.Errors.ShouldBeEmpty();
    }

    public sealed class StopsForAReason : Recorded
    {
        [Task]
        public sealed class Inner : TaskSet
        {
            [Task]
            public void Work() => StopUser("no row left");
        }
    }

    [Fact]
    public void The_reason_of_a_user_that_ends_itself_in_a_task_is_counted_and_no_error()
    {
        _runtime.Run<StopsForAReason>(5);

        _runtime.Log.ShouldBe(["started", "Inner.Work", "stopped: no row left"], ignoreOrder: true);
        _runtime.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void A_user_that_ends_itself_in_its_start_did_not_get_past_it()
    {
        _runtime.Run<GivesUp>(5).Done.ShouldBe(["stop"]);

        _runtime.Log.ShouldBe(["not started"]);
    }

    public sealed class StopsAll : Recorded
    {
        public override ValueTask OnStartAsync()
        {
            StopTest("no stock left");
            return default;
        }
    }

    [Fact]
    public void A_start_may_end_the_run()
    {
        _runtime.Run<StopsAll>(5).Done.ShouldBe(["stop"]);

        _runtime.StopReasons.ShouldBe(["no stock left"]);
        _runtime.Errors.ShouldBeEmpty();
    }

    public sealed class SlowStart : Recorded
    {
        public override ValueTask OnStartAsync() => SleepAsync(10);
    }

    [Fact]
    public void A_user_cut_in_its_start_neither_started_nor_failed_to()
    {
        var user = (SlowStart)_runtime.Attach(typeof(SlowStart));
        var life = _runtime.Begin(user);
        _runtime.Until(5);

        _runtime.Kill(user);

        life.IsCompletedSuccessfully.ShouldBeTrue();
        _runtime.Log.ShouldBeEmpty();
        user.Done.ShouldBe(["stop"]);
    }

    [Fact]
    public void A_user_asked_to_leave_in_its_start_performs_nothing()
    {
        var user = (SlowStart)_runtime.Attach(typeof(SlowStart));
        _runtime.Run(user, 5);

        _runtime.Log.ShouldBe(["started"]);
        user.Done.ShouldBe(["stop"]);
    }

    public sealed class StopFails : User
    {
        public bool Detached { get; private set; }

        internal override void OnDetached() => Detached = true;

        public override ValueTask OnStopAsync() => throw new InvalidOperationException("logout refused");

        [Task]
        public void Work() => StopUser();
    }

    [Fact]
    public void A_failed_stop_is_an_error_and_the_user_is_detached_all_the_same()
    {
        _runtime.Run<StopFails>(5).Detached.ShouldBeTrue();

        _runtime.Log.ShouldBe(["started", "Work", "error OnStopAsync: logout refused"]);
    }

    public sealed class KeepsToken : User
    {
        public CancellationToken Kept { get; private set; }

        [Task]
        public void Work()
        {
            Kept = StopToken;
            Kept.IsCancellationRequested.ShouldBeFalse();
            StopUser();
        }
    }

    [Fact]
    public void The_stop_token_is_cancelled_once_the_user_has_ended()
    {
        _runtime.Run<KeepsToken>(5).Kept.IsCancellationRequested.ShouldBeTrue();
    }

    public sealed class Picks : User
    {
        public List<int> Rolls { get; } = [];

        protected override WaitTime WaitTime => WaitTime.Between(0, 1);

        [Task]
        public void A() => Rolls.Add(Random.Next(100));

        [Task]
        public void B() => Rolls.Add(Random.Next(100));
    }

    [Fact]
    public void A_run_with_the_same_seed_repeats_per_user_number()
    {
        var first = Trace(number: 3, seed: 11);

        Trace(number: 3, seed: 11).ShouldBe(first);
        Trace(number: 4, seed: 11).ShouldNotBe(first);
        Trace(number: 3, seed: 12).ShouldNotBe(first);

        static string Trace(long number, ulong seed)
        {
            var runtime = new FakeRuntime();
            var user = runtime.Run<Picks>(20, number, seed);
            user.Number.ShouldBe(number);
            user.Rolls.Count.ShouldBeGreaterThan(20);
            return string.Join(' ', runtime.Iterations.Select(iteration => FormattableString.Invariant($"{iteration.Task}@{iteration.At}"))) + string.Join(',', user.Rolls);
        }
    }

    public sealed class MeasuresTooEarly : User
    {
        public MeasuresTooEarly() => MeasureAsync("SQL", "x", () => Task.CompletedTask).GetAwaiter().GetResult();

        [Task]
        public void Work()
        {
        }
    }

    [Fact]
    public void Work_in_a_constructor_is_refused_with_advice()
    {
        Should.Throw<InvalidOperationException>(() => _runtime.Attach(typeof(MeasuresTooEarly)))
            .Message.ShouldBe("MeasuresTooEarly is not running yet: what is in its constructor belongs into OnStartAsync.");
    }

    public sealed class Hosted : User
    {
        protected override string? Host => "http://own.example";

        [Task]
        public void Work()
        {
        }
    }

    [Fact]
    public void The_host_of_the_run_wins_over_that_of_the_class()
    {
        var userClass = Onrush.Users.UserClass.Read(typeof(Hosted));
        var user = userClass.Create();

        user.Attach(_runtime, userClass, 1, 1);
        user.EffectiveHost.ShouldBe("http://own.example");
        user.Attach(_runtime, userClass, 1, 1, "http://run.example");
        user.EffectiveHost.ShouldBe("http://run.example");
    }

    [Fact]
    public void An_iteration_allocates_nothing()
    {
        var runtime = new FakeRuntime { Silent = true };
        var user = (Idle)runtime.Attach(typeof(Idle));
        var life = runtime.Begin(user);
        var clean = 0;
        var dirty = 0;
        var before = (Bytes: 0L, Yields: -1);
        runtime.BeforeTask = () =>
        {
            // The fake runtime allocates when it is asked to wait or to yield; the turns in between are the loop's own.
            if (before.Yields == runtime.Yields && user.Left > 0)
                _ = GC.GetAllocatedBytesForCurrentThread() == before.Bytes ? clean++ : dirty++;
            before = (GC.GetAllocatedBytesForCurrentThread(), runtime.Yields);
        };
        user.Left = 20_000;
        runtime.Until(1);
        runtime.Leave();

        life.IsCompletedSuccessfully.ShouldBeTrue();
        dirty.ShouldBeLessThan(10, "a collection or the compiler may fall into a turn, a loop that allocates does so in each");
        clean.ShouldBeGreaterThan(19_000);
    }

    public sealed class Idle : User
    {
        public int Left { get; set; }

        protected override WaitTime WaitTime => Left > 0 ? default : WaitTime.Constant(1);

        [Task(2)]
        public void Void() => Count();

        [Task]
        public Task Plain()
        {
            Count();
            return Task.CompletedTask;
        }

        [Task]
        public ValueTask<int> Result()
        {
            Count();
            return new(1);
        }

        private void Count() => Left--;
    }
}
