using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios;

public sealed class SpawnScheduleTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void Users_start_one_by_one_the_first_at_once()
    {
        var schedule = new SpawnSchedule(From: 0, Target: 10, Rate: 5);

        schedule.Steps.ShouldBe(10);
        schedule.Grows.ShouldBeTrue();
        Due(schedule, 4).ShouldBe([0, Second / 5, Second * 2 / 5, Second * 3 / 5]);
        Slots(schedule, 3).ShouldBe([0, 1, 2]);
        schedule.LengthNs.ShouldBe(Second * 9 / 5);
    }

    [Fact]
    public void Going_down_the_last_one_in_is_the_first_one_out()
    {
        var schedule = new SpawnSchedule(From: 10, Target: 7, Rate: 1);

        schedule.Grows.ShouldBeFalse();
        Slots(schedule, (int)schedule.Steps).ShouldBe([9, 8, 7]);
        schedule.UsersAt(-1).ShouldBe(10);
        schedule.UsersAt(0).ShouldBe(9);
        schedule.UsersAt(Second * 2).ShouldBe(7);
        schedule.UsersAt(long.MaxValue / 4).ShouldBe(7);
    }

    [Fact]
    public void Going_on_from_users_that_run_fills_the_slots_above_them()
    {
        var schedule = new SpawnSchedule(From: 20, Target: 23, Rate: 2);

        Slots(schedule, 3).ShouldBe([20, 21, 22]);
        schedule.UsersAt(Second / 2).ShouldBe(22);
    }

    [Fact]
    public void Nothing_to_do_is_done_at_once()
    {
        var schedule = new SpawnSchedule(From: 5, Target: 5, Rate: 3);

        schedule.Steps.ShouldBe(0);
        schedule.LengthNs.ShouldBe(0);
        schedule.UsersAt(100).ShouldBe(5);
    }

    [Fact]
    public void A_rate_below_one_spreads_over_seconds()
    {
        var schedule = new SpawnSchedule(0, 3, Rate: 0.5);

        Due(schedule, 3).ShouldBe([0, 2 * Second, 4 * Second]);
    }

    [Fact]
    public void A_rate_so_low_that_no_clock_reaches_the_second_user_starts_one()
    {
        var schedule = new SpawnSchedule(0, 1000, Rate: 1e-300);

        schedule.UsersAt(0).ShouldBe(1);
        schedule.UsersAt(700 * Second).ShouldBe(1);
        schedule.LengthNs.ShouldBeGreaterThan(long.MaxValue / 4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_due_agrees_with_when_it_is_due(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var schedule = new SpawnSchedule(random.Next(1000), random.Next(1000), Math.Pow(10, random.NextDouble() * 8 - 2));
            for (var probe = 0; probe < 50 && schedule.Steps > 0; probe++)
            {
                var step = random.NextInt64(schedule.Steps);
                var due = schedule.Step(step).DueNs;
                schedule.StepsDue(due).ShouldBeGreaterThan(step);
                schedule.StepsDue(due - 1).ShouldBeLessThanOrEqualTo(step);
            }

            schedule.StepsDue(schedule.LengthNs).ShouldBe(schedule.Steps);
            schedule.UsersAt(schedule.LengthNs).ShouldBe(schedule.Target);
        }
    }

    [Fact]
    public void Every_tenth_of_a_second_starts_its_share()
    {
        var schedule = new SpawnSchedule(0, 10_000, Rate: 1000);

        for (var tenth = 0; tenth < 100; tenth++)
            (schedule.StepsDue((tenth + 1) * Second / 10 - 1) - schedule.StepsDue(tenth * Second / 10 - 1)).ShouldBe(100);
    }

    private static long[] Due(SpawnSchedule schedule, int steps) => [.. Enumerable.Range(0, steps).Select(i => schedule.Step(i).DueNs)];

    private static int[] Slots(SpawnSchedule schedule, int steps) => [.. Enumerable.Range(0, steps).Select(i => schedule.Step(i).Slot)];
}
