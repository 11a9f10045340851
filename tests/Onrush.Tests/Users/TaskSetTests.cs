namespace Onrush.Tests.Users;

public sealed class TaskSetTests
{
    private readonly FakeRuntime _runtime = new();

    public abstract class Journal : User
    {
        public List<string> Done { get; } = [];

        protected override WaitTime WaitTime => WaitTime.Constant(10);

        public override ValueTask OnStopAsync()
        {
            Done.Add("user stops");
            return default;
        }
    }

    [Tasks(typeof(Leaves))]
    public sealed class Visits : Journal
    {
        [Task]
        public void Own()
        {
            if (Done.Count > 20)
                StopUser();
            Done.Add("own");
        }
    }

    public sealed class Leaves : SequentialTaskSet<Journal>
    {
        public override ValueTask OnStartAsync()
        {
            User.Done.Add("start");
            return default;
        }

        public override ValueTask OnStopAsync()
        {
            User.Done.Add("stop");
            return default;
        }

        [Task]
        public void One() => User.Done.Add("one");

        [Task]
        public void Leave() => Interrupt();
    }

    [Fact]
    public void A_user_stays_in_a_set_until_interrupted_and_start_and_stop_run_per_entry()
    {
        var done = _runtime.Run<Visits>(1000).Done;

        var text = string.Join(' ', done.SkipLast(1)).Replace("own", "").Replace("start one stop", "");
        text.Trim().ShouldBe("");
        done.ShouldContain("own");
        done.Count(what => what == "one").ShouldBeGreaterThan(1);
        done[^1].ShouldBe("user stops");
    }

    public sealed class LeavesAtOnce : Journal
    {
        [Task]
        public sealed class Set : TaskSet
        {
            [Task]
            public void Work() => Interrupt(reschedule: true);
        }
    }

    public sealed class LeavesAndWaits : Journal
    {
        [Task]
        public sealed class Set : TaskSet
        {
            [Task]
            public void Work() => Interrupt(reschedule: false);
        }
    }

    [Fact]
    public void Interrupt_goes_on_at_once_or_after_the_wait()
    {
        var first = new FakeRuntime();
        var user = first.Attach(typeof(LeavesAtOnce));
        _ = first.Begin(user);
        first.Iterations.Count.ShouldBe(32, "entering and leaving are two turns, and after 64 the user yields");
        first.Iterations.ShouldAllBe(iteration => iteration.At == 0 && !iteration.Failed);
        first.Leave();

        _runtime.Run<LeavesAndWaits>(25);
        _runtime.Iterations.Select(iteration => iteration.At).ShouldBe([0, 10, 20]);
    }

    public sealed class Nested : Journal
    {
        [Task]
        public sealed class Outer : SequentialTaskSet<Nested>
        {
            public override ValueTask OnStopAsync()
            {
                User.Done.Add("outer stops");
                return default;
            }

            [Task]
            public void Before() => User.Done.Add("before");

            [Task]
            public sealed class Inner : TaskSet<Nested>
            {
                public override ValueTask OnStopAsync()
                {
                    User.Done.Add("inner stops");
                    return default;
                }

                [Task]
                public void Work()
                {
                    User.Done.Add(Parent!.GetType().Name);
                    Parent!.Parent.ShouldBeNull();
                    StopUser();
                }
            }
        }
    }

    [Fact]
    public void Stop_user_deep_inside_stops_every_level_from_the_inside_out()
    {
        _runtime.Run<Nested>(100).Done.ShouldBe(["before", "Outer", "inner stops", "outer stops", "user stops"]);

        _runtime.Log.ShouldBe(["started", "Outer.Before", "Outer.Inner.Work"]);
    }

    [Fact]
    public void Being_cut_deep_inside_stops_every_level_too()
    {
        var user = (CutInside)_runtime.Attach(typeof(CutInside));
        var life = _runtime.Begin(user);

        _runtime.Kill(user);

        life.IsCompletedSuccessfully.ShouldBeTrue();
        user.Done.ShouldBe(["set stops", "user stops"]);
        _runtime.Log.ShouldBe(["started", "interrupted Set.Work"]);
    }

    public sealed class CutInside : Journal
    {
        [Task]
        public sealed class Set : TaskSet<CutInside>
        {
            public override ValueTask OnStopAsync()
            {
                User.Done.Add("set stops");
                return default;
            }

            [Task]
            public ValueTask Work() => SleepAsync(100);
        }
    }

    public sealed class BadSets : Journal
    {
        [Task]
        public sealed class All : SequentialTaskSet<BadSets>
        {
            [Task]
            public sealed class StartThrows : TaskSet
            {
                public override ValueTask OnStartAsync() => throw new FormatException("bad start");

                [Task]
                public void Work()
                {
                }
            }

            [Task]
            public sealed class StopThrows : TaskSet
            {
                public override async ValueTask OnStopAsync()
                {
                    await SleepAsync(1);
                    throw new FormatException("bad stop");
                }

                [Task]
                public void Work() => Interrupt();
            }

            [Task]
            public sealed class CannotBeMade : TaskSet
            {
                public CannotBeMade() => _ = User.Number;

                [Task]
                public void Work()
                {
                }
            }

            [Task]
            public void End() => StopUser();
        }
    }

    [Fact]
    public void What_goes_wrong_around_a_set_is_an_error_and_the_user_goes_on()
    {
        _runtime.Run<BadSets>(100);

        _runtime.Log.ShouldBe([
            "started",
            "error All.StartThrows.OnStartAsync: bad start",
            "All.StopThrows.Work",
            "error All.StopThrows.OnStopAsync: bad stop",
            "error All.CannotBeMade.OnStartAsync: CannotBeMade has not been entered yet: what is in its constructor belongs into OnStartAsync.",
            "All.End",
        ]);
    }

    public sealed class Ordered : Journal
    {
        [Task]
        public sealed class Set : SequentialTaskSet
        {
            [Task]
            public void First()
            {
            }

            [Task(3)]
            public void Second()
            {
            }

            [Task]
            public sealed class Third : TaskSet
            {
                [Task]
                public void Inside() => Interrupt(reschedule: false);
            }

            [Task]
            public void Fourth()
            {
            }
        }
    }

    [Fact]
    public void A_sequence_keeps_the_order_of_declaration_and_repeats_by_weight()
    {
        _runtime.Run<Ordered>(75);

        _runtime.Log.Select(name => name.Replace("Set.", "")).ShouldBe(
            ["started", "First", "Second", "Second", "Second", "Third.Inside", "Fourth", "First", "Second"]);
    }

    public sealed class Shop : Journal
    {
        [Task]
        public sealed class Chain : MarkovTaskSet
        {
            [Transition(nameof(Search))]
            public void Home()
            {
            }

            [Transition(nameof(Home), 1)]
            [Transition(nameof(Search), 3)]
            public void Search()
            {
            }
        }
    }

    [Fact]
    public void A_chain_starts_at_the_first_task_and_follows_its_transitions_by_weight()
    {
        _runtime.Run<Shop>(400_000);

        var log = _runtime.Log.Skip(1).Select(name => name.Replace("Chain.", "")).ToArray();
        log[0].ShouldBe("Home");
        var pairs = log.Zip(log.Skip(1)).ToArray();
        pairs.Where(pair => pair.First == "Home").ShouldAllBe(pair => pair.Second == "Search");
        var fromSearch = pairs.Where(pair => pair.First == "Search").ToArray();
        (fromSearch.Count(pair => pair.Second == "Search") / (double)fromSearch.Length).ShouldBe(0.75, 0.01);
    }

    public sealed class Weighted : Journal
    {
        [Task(3)]
        public void Often()
        {
        }

        [Task]
        public void Seldom()
        {
        }

        [Task(6)]
        public void Most()
        {
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Tasks_are_picked_by_weight_each_time_anew(ulong seed)
    {
        _runtime.Run<Weighted>(500_000, seed: seed);

        var picks = _runtime.Log.Skip(1).ToArray();
        picks.Length.ShouldBeGreaterThan(49_000);
        double Share(string name) => picks.Count(pick => pick == name) / (double)picks.Length;
        Share("Often").ShouldBe(0.3, 0.01);
        Share("Seldom").ShouldBe(0.1, 0.01);
        Share("Most").ShouldBe(0.6, 0.01);

        // Independent: what came before says nothing about what follows.
        var afterSeldom = picks.Zip(picks.Skip(1)).Where(pair => pair.First == "Seldom").ToArray();
        (afterSeldom.Count(pair => pair.Second == "Most") / (double)afterSeldom.Length).ShouldBe(0.6, 0.03);
    }
}
