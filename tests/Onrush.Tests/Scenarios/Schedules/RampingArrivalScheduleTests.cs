using System.Numerics;
using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios.Schedules;

using Rate = Onrush.Scenarios.Rate;

public sealed class RampingArrivalScheduleTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void The_first_comes_when_the_area_is_one_and_the_last_when_it_is_all()
    {
        // Area 2.5 t^2: the n-th at the root of n / 2.5.
        var schedule = new RampingArrivalSchedule(0, Second, [(2 * Second, 10)]);

        schedule.Count.ShouldBe(10);
        Enumerable.Range(0, 10).Select(k => schedule.DueNs(k)).ShouldBe(
            [632_455_532, 894_427_191, 1_095_445_115, 1_264_911_064, 1_414_213_562, 1_549_193_338, 1_673_320_053, 1_788_854_382, 1_897_366_596, 2_000_000_000]);
    }

    [Fact]
    public void Down_is_the_mirror_image_of_up()
    {
        var down = new RampingArrivalSchedule(10, Second, [(2 * Second, 0)]);
        var up = new RampingArrivalSchedule(0, Second, [(2 * Second, 10)]);

        for (var k = 0; k < 9; k++)
            down.DueNs(k).ShouldBe(2 * Second - up.DueNs(8 - k));
        down.DueNs(9).ShouldBe(2 * Second);
    }

    [Fact]
    public void What_is_left_of_an_area_counts_on()
    {
        // 0.75 of an arrival in the first stage, then two per second.
        var schedule = new RampingArrivalSchedule(1, Second, [(750_000_000, 1), (0, 2), (2 * Second, 2)]);

        schedule.Count.ShouldBe(4);
        Enumerable.Range(0, 4).Select(k => schedule.DueNs(k)).ShouldBe([875_000_000L, 1_375_000_000, 1_875_000_000, 2_375_000_000]);
        schedule.RegularEndNs.ShouldBe(2_750_000_000);
    }

    [Fact]
    public void A_stage_at_rate_zero_is_a_pause()
    {
        var schedule = new RampingArrivalSchedule(2, Second, [(Second, 2), (0, 0), (5 * Second, 0), (0, 2), (Second, 2)]);

        Enumerable.Range(0, (int)schedule.Count).Select(k => schedule.DueNs(k)).ShouldBe([500_000_000L, Second, 6_500_000_000, 7 * Second]);
    }

    [Fact]
    public void Rates_per_minute_are_that()
    {
        var schedule = new RampingArrivalSchedule(6, 60 * Second, [(60 * Second, 6)]);

        Enumerable.Range(0, (int)schedule.Count).Select(k => schedule.DueNs(k) / Second).ShouldBe([10L, 20, 30, 40, 50, 60]);
    }

    [Fact]
    public void A_day_that_ends_at_rate_zero_is_exact()
    {
        const long Day = 86_400 * Second;
        var schedule = new RampingArrivalSchedule(50_000, Second, [(Day, 0)]);

        schedule.Count.ShouldBe(2_160_000_000);
        // n arrivals before the end, the rest of the area is a triangle: n = rate * t^2 / (2 * day), so t = sqrt(n * 2 * day / rate).
        schedule.DueNs(schedule.Count - 1 - 54_000_000).ShouldBe(Day - (long)Math.Round(Math.Sqrt(54_000_000.0 * 2 * 86_400 / 50_000) * Second));
        schedule.DueNs(schedule.Count - 2).ShouldBe(Day - 1_859_032_006);
    }

    [Fact]
    public void At_every_due_time_the_area_is_whole_to_the_nanosecond()
    {
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            var unit = random.Next(3) == 0 ? 60 * Second : Second;
            var start = Number(random);
            var stages = Enumerable.Range(0, random.Next(1, 7)).Select(_ => (LengthNs: Length(random), Target: Number(random))).ToArray();
            var schedule = new RampingArrivalSchedule(start, unit, stages);
            var lastNs = 0L;
            for (var i = 0; i < Math.Min(schedule.Count, 50); i++)
            {
                var k = schedule.Count <= 50 ? i : random.NextInt64(0, schedule.Count);
                var dueNs = schedule.DueNs(k);
                var one = (BigInteger)unit * 2 * Rate.Precision;

                // Areas times the product of all lengths, to stay in whole numbers.
                var scale = stages.Aggregate(BigInteger.One, (product, stage) => product * Math.Max(1, stage.LengthNs));
                dueNs.ShouldBeInRange(0, schedule.RegularEndNs);
                Area(start, stages, dueNs - 1, scale).ShouldBeLessThanOrEqualTo((k + 1) * one * scale);
                Area(start, stages, dueNs + 1, scale).ShouldBeGreaterThanOrEqualTo((k + 1) * one * scale);
                if (schedule.Count <= 50)
                    dueNs.ShouldBeGreaterThanOrEqualTo(lastNs);
                lastNs = dueNs;
            }

            var whole = stages.Aggregate((Rate: Rate.Scaled(start), Area: BigInteger.Zero), (at, stage) =>
                (Rate.Scaled(stage.Target), at.Area + (BigInteger)(at.Rate + Rate.Scaled(stage.Target)) * stage.LengthNs)).Area;
            schedule.Count.ShouldBe((long)(whole / ((BigInteger)unit * 2 * Rate.Precision)));
        }

        static double Number(Random random) => random.Next(5) == 0 ? 0 : random.Next(2) == 0 ? random.Next(1, 20_000) : Math.Round(random.NextDouble() * 100, 3);

        static long Length(Random random) => random.Next(6) == 0 ? 0 : random.NextInt64(1, 100 * Second) * random.Next(1, 100);
    }

    /// <summary>Twice the area up to an instant, scaled; past the end the last rate goes on.</summary>
    private static BigInteger Area(double start, (long LengthNs, double Target)[] stages, long atNs, BigInteger scale)
    {
        BigInteger area = 0;
        var rate = Rate.Scaled(start);
        foreach (var (lengthNs, target) in stages)
        {
            var to = Rate.Scaled(target);
            var t = Math.Min(atNs, lengthNs);
            if (t > 0)
                area += 2 * rate * (BigInteger)t * scale + (BigInteger)(to - rate) * t * t * (scale / lengthNs);
            atNs -= lengthNs;
            rate = to;
            if (atNs <= 0)
                return area;
        }

        return area + 2 * rate * (BigInteger)atNs * scale + scale;
    }
}
