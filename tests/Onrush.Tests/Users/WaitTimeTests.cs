using Onrush.Users;

namespace Onrush.Tests.Users;

public sealed class WaitTimeTests
{
    private readonly FakeRuntime _runtime = new();

    public sealed class Plain : User
    {
        [Task]
        public void Work()
        {
        }
    }

    private double[] Draw(WaitTime rule, int count, ulong seed = 5)
    {
        var user = _runtime.Attach(typeof(Plain), seed: seed);
        return [.. Enumerable.Range(0, count).Select(_ => rule.ThinkNs(user) / 1e9)];
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 4)]
    [InlineData(0.001, 0.002)]
    [InlineData(5, 15)]
    public void Between_is_even_inside_its_bounds(double min, double max)
    {
        var waits = Draw(WaitTime.Between(min, max), 50_000);

        waits.ShouldAllBe(wait => wait >= min - 1e-9 && wait <= max);
        waits.Average().ShouldBe((min + max) / 2, (max - min) * 0.01 + 1e-9);
        for (var quarter = 1; quarter < 4 && max > min; quarter++)
            (waits.Count(wait => wait < min + (max - min) * quarter / 4) / 50_000.0).ShouldBe(quarter / 4.0, 0.01);
    }

    [Fact]
    public void Exponential_has_its_mean_and_its_tail()
    {
        var waits = Draw(WaitTime.Exponential(2), 100_000);

        waits.ShouldAllBe(wait => wait >= 0 && wait < 60);
        waits.Average().ShouldBe(2, 0.03);
        (waits.Count(wait => wait > 2) / 100_000.0).ShouldBe(Math.Exp(-1), 0.005);
        (waits.Count(wait => wait > 6) / 100_000.0).ShouldBe(Math.Exp(-3), 0.003);
    }

    public static TheoryData<WaitTime, double?> Means => new()
    {
        { default, 0 },
        { WaitTime.Constant(1.5), 1.5 },
        { WaitTime.Between(1, 4), 2.5 },
        { WaitTime.Exponential(2), 2 },
        { WaitTime.ConstantPacing(3), 3 },
        { WaitTime.ConstantThroughput(0.25), 4 },
        { WaitTime.Custom(() => 1), null },
        { WaitTime.Custom(_ => 1), null },
    };

    [Theory]
    [MemberData(nameof(Means), DisableDiscoveryEnumeration = true)]
    public void Its_mean_is_known_but_for_custom_ones(WaitTime rule, double? mean) => rule.MeanSeconds.ShouldBe(mean);

    public sealed class Pausing : User
    {
        protected override WaitTime WaitTime => WaitTime.Between(1, 2);

        [Task]
        public sealed class Same : TaskSet
        {
            [Task]
            public void Work()
            {
            }
        }
    }

    public sealed class PausingInside : User
    {
        protected override WaitTime WaitTime => WaitTime.Between(1, 2);

        [Task]
        public sealed class Other : TaskSet
        {
            protected override WaitTime WaitTime => WaitTime.Constant(9);

            [Task]
            public void Work()
            {
            }
        }
    }

    public sealed class Needy : User
    {
        protected override WaitTime WaitTime => WaitTime.Constant(Number == 0 ? throw new InvalidOperationException("not running") : 1);

        [Task]
        public void Work()
        {
        }
    }

    [Theory]
    [InlineData(typeof(Plain), 0.0)]
    [InlineData(typeof(Pausing), 1.5)]
    [InlineData(typeof(PausingInside), null)]
    [InlineData(typeof(Needy), null)]
    public void A_class_knows_it_unless_it_depends_on_the_task_or_the_user(Type type, double? mean) => UserClass.Read(type).MeanWaitSeconds.ShouldBe(mean);

    [Fact]
    public void Constant_is_constant_and_unset_is_nothing()
    {
        Draw(WaitTime.Constant(1.5), 3).ShouldBe([1.5, 1.5, 1.5]);
        Draw(default, 2).ShouldBe([0.0, 0.0]);
    }

    [Fact]
    public void Custom_waits_are_asked_each_time_and_may_know_the_user()
    {
        var asked = 0;
        Draw(WaitTime.Custom(() => ++asked), 3).ShouldBe([1.0, 2.0, 3.0]);
        Draw(WaitTime.Custom(user => user.Number * 7), 2).ShouldBe([7.0, 7.0]);
    }

    [Theory]
    [InlineData(-0.001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Numbers_that_are_no_wait_are_refused(double number)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => WaitTime.Constant(number));
        Should.Throw<ArgumentOutOfRangeException>(() => WaitTime.Between(number, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => WaitTime.Between(0, number));
        Should.Throw<ArgumentOutOfRangeException>(() => WaitTime.Exponential(number));
        Should.Throw<ArgumentOutOfRangeException>(() => WaitTime.ConstantPacing(number));
        Should.Throw<ArgumentOutOfRangeException>(() => WaitTime.ConstantThroughput(number));
        Should.Throw<InvalidOperationException>(() => Draw(WaitTime.Custom(() => number), 1));
    }

    [Fact]
    public void Bounds_the_wrong_way_round_and_no_throughput_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => WaitTime.Between(4, 1)).Message.ShouldContain("below the shortest, 4 s");
        Should.Throw<ArgumentOutOfRangeException>(() => WaitTime.ConstantThroughput(0));
    }

    [Fact]
    public void Absurdly_long_waits_stay_in_range()
    {
        Draw(WaitTime.Constant(double.MaxValue), 1).ShouldBe([1e9]);
    }

    public abstract class Scripted : User
    {
        public Queue<double> Seconds { get; } = new();

        [Task]
        public ValueTask Work() => SleepAsync(Seconds.TryDequeue(out var seconds) ? seconds : 0.1);
    }

    public sealed class Paced : Scripted
    {
        protected override WaitTime WaitTime => WaitTime.ConstantPacing(1);
    }

    public sealed class Throughput : Scripted
    {
        protected override WaitTime WaitTime => WaitTime.ConstantThroughput(2);
    }

    private void Perform(Type type, double seconds, params double[] script)
    {
        var user = (Scripted)_runtime.Attach(type);
        foreach (var length in script)
            user.Seconds.Enqueue(length);
        _runtime.Run(user, seconds);
    }

    private (double At, double Due)[] Starts() => [.. _runtime.Iterations.Select(iteration => (Math.Round(iteration.At, 6), Math.Round(iteration.Due, 6)))];

    [Fact]
    public void Pacing_goes_on_from_a_late_start_and_never_catches_up()
    {
        Perform(typeof(Paced), 7.9, 0.1, 2.5, 0.1);

        // The task of second 1 took until 3.5: the next was due at 2, started then, and the rest follow a second apart from there.
        Starts().ShouldBe([(0, 0), (1, 1), (3.5, 2), (4.5, 4.5), (5.5, 5.5), (6.5, 6.5), (7.5, 7.5)]);
    }

    [Fact]
    public void Throughput_keeps_its_schedule_and_catches_up_after_a_stall()
    {
        Perform(typeof(Throughput), 3.9, 0.1, 1.65);

        Starts().ShouldBe([(0, 0), (0.5, 0.5), (2.15, 1), (2.25, 1.5), (2.35, 2), (2.5, 2.5), (3, 3), (3.5, 3.5)]);
    }

    public sealed class Ages : Scripted
    {
        protected override WaitTime WaitTime => WaitTime.ConstantPacing(1e300);
    }

    public sealed class AgesByRate : Scripted
    {
        protected override WaitTime WaitTime => WaitTime.ConstantThroughput(1e-300);
    }

    [Theory]
    [InlineData(typeof(Ages))]
    [InlineData(typeof(AgesByRate))]
    public void A_schedule_longer_than_any_clock_has_one_start(Type type)
    {
        Perform(type, 5, 0.1);

        Starts().ShouldBe([(0, 0)]);
    }

    public sealed class Thirds : User
    {
        public int Left { get; set; } = 300_000;

        protected override WaitTime WaitTime => WaitTime.ConstantThroughput(3);

        [Task]
        public void Work()
        {
        }
    }

    [Fact]
    public void A_schedule_does_not_drift()
    {
        _runtime.Run<Thirds>(100_000);

        var (_, at, due, _) = _runtime.Iterations[299_999];
        at.ShouldBe(299_999 / 3.0, 1e-8);
        due.ShouldBe(at);
    }

    public sealed class Changes : User
    {
        private int _done;

        protected override WaitTime WaitTime => _done < 3 ? WaitTime.ConstantThroughput(1) : WaitTime.ConstantThroughput(4);

        [Task]
        public void Work() => _done++;
    }

    [Fact]
    public void A_schedule_that_changes_starts_anew()
    {
        _runtime.Run<Changes>(3);

        Starts().ShouldBe([(0, 0), (1, 1), (2, 2), (2.25, 2.25), (2.5, 2.5), (2.75, 2.75), (3, 3)]);
    }

    public sealed class SkipsWaits : User
    {
        private int _done;

        protected override WaitTime WaitTime => WaitTime.ConstantPacing(2);

        [Task]
        public void Work()
        {
            if (++_done == 2)
                RescheduleImmediately();
        }
    }

    [Fact]
    public void An_iteration_out_of_turn_is_not_scheduled_and_leaves_the_schedule_alone()
    {
        _runtime.Run<SkipsWaits>(5);

        Starts().ShouldBe([(0, 0), (2, 2), (2, -1), (4, 4)]);
    }

    public sealed class InSet : User
    {
        protected override WaitTime WaitTime => WaitTime.ConstantThroughput(1);

        [Task]
        public sealed class Set : TaskSet
        {
            [Task]
            public void Work()
            {
            }
        }
    }

    [Fact]
    public void A_set_without_a_wait_time_follows_the_schedule_of_its_user()
    {
        _runtime.Run<InSet>(2);

        Starts().ShouldBe([(0, 0), (1, 1), (2, 2)]);
    }

    public sealed class OwnWait : User
    {
        protected override WaitTime WaitTime => WaitTime.Constant(100);

        [Task]
        public sealed class Set : TaskSet
        {
            protected override WaitTime WaitTime => WaitTime.Constant(1);

            [Task]
            public void Work()
            {
            }
        }
    }

    [Fact]
    public void The_wait_time_of_a_set_wins_over_that_of_its_user()
    {
        _runtime.Run<OwnWait>(2);

        Starts().ShouldBe([(0, -1), (1, -1), (2, -1)]);
    }
}
