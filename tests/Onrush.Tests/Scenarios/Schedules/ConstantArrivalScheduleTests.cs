using System.Numerics;
using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios.Schedules;

using Rate = Onrush.Scenarios.Rate;

public sealed class ConstantArrivalScheduleTests
{
    private const long Second = 1_000_000_000;
    private const long Day = 86_400 * Second;

    [Theory]
    [InlineData(10, Second, 2 * Second, 20)]
    [InlineData(3, Second, Second, 3)]
    [InlineData(3, Second, Second + 1, 4)]
    [InlineData(7, 60 * Second, 60 * Second, 7)]
    [InlineData(0.5, Second, 3 * Second, 2)]
    [InlineData(0.1, Second, Second, 1)]
    [InlineData(33.3, Second, 10 * Second, 333)]
    public void As_many_come_as_are_due_before_the_end(double rate, long unitNs, long lengthNs, long count)
    {
        var schedule = new ConstantArrivalSchedule(rate, unitNs, lengthNs);

        schedule.Count.ShouldBe(count);
        schedule.DueNs(0).ShouldBe(0);
        schedule.DueNs(count - 1).ShouldBeLessThan(lengthNs);
        schedule.DueNs(count).ShouldBeGreaterThanOrEqualTo(lengthNs);
    }

    [Fact]
    public void Thirds_of_a_second_are_not_added_up()
    {
        var schedule = new ConstantArrivalSchedule(3, Second, 10 * Second);

        Enumerable.Range(0, 5).Select(k => schedule.DueNs(k)).ShouldBe([0, 333_333_333, 666_666_666, Second, 1_333_333_333]);
    }

    [Fact]
    public void A_day_at_50000_per_second_does_not_drift()
    {
        var schedule = new ConstantArrivalSchedule(50_000, Second, Day);

        schedule.Count.ShouldBe(4_320_000_000);
        schedule.DueNs(schedule.Count - 1).ShouldBe(Day - 20_000);
        schedule.DueNs(50_000L * 3600 * 12).ShouldBe(Day / 2);
    }

    [Fact]
    public void Every_due_time_is_the_exact_one_rounded_down()
    {
        var random = new Random(2);
        for (var round = 0; round < 10_000; round++)
        {
            var nano = random.NextInt64(1, 1_000_000_000_000_000_000);
            if (round % 2 == 0)
                nano -= nano % Rate.Precision - Rate.Precision;
            var unit = round % 3 == 0 ? Second : random.NextInt64(1, Day);
            var schedule = new ConstantArrivalSchedule((double)((decimal)nano / Rate.Precision), unit, 30 * Day);
            var kept = (BigInteger)(decimal)Math.Round((decimal)(double)((decimal)nano / Rate.Precision) * Rate.Precision);
            var k = random.NextInt64(0, Math.Max(1, schedule.Count));

            schedule.DueNs(k).ShouldBe((long)(k * (BigInteger)unit * Rate.Precision / kept));
        }
    }

    [Fact]
    public void Without_an_end_there_is_no_last_one()
    {
        var schedule = new ConstantArrivalSchedule(1000, Second, long.MaxValue);

        schedule.Count.ShouldBe(long.MaxValue);
        schedule.DueNs(1000L * 86_400 * 366).ShouldBe(366 * Day);
    }
}
