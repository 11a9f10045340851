using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Tests.Scenarios;

public sealed class ShapeTickerTests
{
    public abstract class Common : User
    {
        [Task]
        public void Work()
        {
        }
    }

    public sealed class Buyer : Common;

    public sealed class Stranger : Common;

    private sealed class Stages : LoadShape
    {
        public override ShapeTick? Tick() => RunTime.TotalSeconds < 2 ? (100, 10) : RunTime.TotalSeconds < 4 ? new(50, 0.5, typeof(Buyer)) : null;
    }

    private sealed class Scripted(Func<LoadShape, ShapeTick?> tick) : LoadShape
    {
        public override ShapeTick? Tick() => tick(this);
    }

    private static ShapeTicker Ticker(LoadShape shape) => new(shape, [UserClass.Read(typeof(Buyer))]);

    [Fact]
    public void Only_a_change_starts_a_ramp_and_null_ends_the_run()
    {
        var ticker = Ticker(new Stages());

        var kinds = Enumerable.Range(0, 6).Select(second => ticker.Ask(TimeSpan.FromSeconds(second), 0)).ToArray();

        kinds.Select(change => change.Kind).ShouldBe([
            ShapeChangeKind.Ramp, ShapeChangeKind.None, ShapeChangeKind.Ramp, ShapeChangeKind.None, ShapeChangeKind.End, ShapeChangeKind.End,
        ]);
        kinds[0].Wanted.ShouldBe(new ShapeTick(100, 10));
        kinds[2].Wanted.ShouldBe(new ShapeTick(50, 0.5, typeof(Buyer)));
        kinds[4].Wanted.ShouldBeNull();
    }

    [Fact]
    public void A_ramp_that_is_not_done_does_not_hold_up_the_next()
    {
        // One user runs of the 100 that were asked for; the second stage comes all the same.
        var ticker = Ticker(new Stages());
        ticker.Ask(TimeSpan.Zero, 0);

        ticker.Ask(TimeSpan.FromSeconds(2), 1).Kind.ShouldBe(ShapeChangeKind.Ramp);
    }

    [Fact]
    public void A_shape_knows_the_time_and_the_users()
    {
        var seen = new List<(double, int)>();
        var ticker = Ticker(new Scripted(shape =>
        {
            seen.Add((shape.RunTime.TotalSeconds, shape.CurrentUsers));
            return (1, 1);
        }));

        ticker.Ask(TimeSpan.FromSeconds(3.5), 42);

        seen.ShouldBe([(3.5, 42)]);
    }

    [Fact]
    public void What_cannot_be_is_refused_in_one_line()
    {
        Refused(_ => (-1, 1)).ShouldBe("ShapeTickerTests.Scripted wants -1 users: a number of users is not below 0.");
        Refused(_ => (1, 0)).ShouldBe("ShapeTickerTests.Scripted wants the spawn rate 0: a rate is a number of users per second above 0.");
        Refused(_ => (1, double.NaN)).ShouldContain("spawn rate NaN");
        Refused(_ => new(1, 1, typeof(Stranger))).ShouldBe(
            "ShapeTickerTests.Scripted wants users of ShapeTickerTests.Stranger, which is not among the user classes that run.");
        Refused(_ => throw new FormatException("bad plan")).ShouldBe("ShapeTickerTests.Scripted failed after 1m30s: FormatException: bad plan");

        static string Refused(Func<LoadShape, ShapeTick?> tick) =>
            Should.Throw<LoadTestException>(() => Ticker(new Scripted(tick)).Ask(TimeSpan.FromSeconds(90), 0)).Message;
    }

    [Fact]
    public void Ticks_that_want_the_same_are_equal()
    {
        ShapeTick tick = (10, 2.5);

        tick.ShouldBe(new ShapeTick(10, 2.5));
        tick.GetHashCode().ShouldBe(new ShapeTick(10, 2.5).GetHashCode());
        tick.ShouldNotBe(new ShapeTick(10, 2.5, typeof(Buyer)));
        tick.ShouldNotBe(new ShapeTick(11, 2.5));
    }
}
