using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios.Schedules;

public sealed class RampingUserScheduleTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void One_step_per_user_up_when_the_line_reaches_it_down_when_it_has_passed()
    {
        var schedule = new RampingUserSchedule(4, [(2 * Second, 6), (5 * Second, 1), (0, 3), (Second, 3), (2 * Second, 5)]);

        Text(schedule).ShouldBe("0+0 0+1 0+2 0+3 1+4 2+5 3-5 4-4 5-3 6-2 7-1 7+1 7+2 9+3 10+4");
        schedule.MostUsers.ShouldBe(6);
        schedule.RegularEndNs.ShouldBe(10 * Second);
    }

    [Fact]
    public void Steps_lie_between_the_seconds_when_the_line_does()
    {
        var schedule = new RampingUserSchedule(0, [(Second, 3), (Second, 0)]);

        Steps(schedule).Select(step => step.DueNs).ShouldBe([333_333_333, 666_666_666, Second, 1_333_333_333, 1_666_666_666, 2 * Second]);
    }

    [Fact]
    public void Users_follow_random_lines_and_slots_are_filled_from_below_and_emptied_from_above()
    {
        var random = new Random(4);
        for (var round = 0; round < 300; round++)
        {
            var start = random.Next(0, 30);
            var stages = Enumerable.Range(0, random.Next(1, 8))
                .Select(_ => (LengthNs: random.Next(4) == 0 ? 0 : random.NextInt64(1, 1000 * Second), Target: random.Next(0, 60))).ToArray();
            var schedule = new RampingUserSchedule(start, stages);
            var users = 0;
            var most = 0;
            var lastNs = 0L;
            var steps = Steps(schedule).ToArray();
            foreach (var step in steps)
            {
                step.DueNs.ShouldBeGreaterThanOrEqualTo(lastNs);
                step.Slot.ShouldBe(step.Start ? users++ : --users);
                most = Math.Max(most, users);
                lastNs = step.DueNs;
            }

            users.ShouldBe(stages[^1].Target);
            most.ShouldBe(schedule.MostUsers);
            schedule.RegularEndNs.ShouldBe(stages.Sum(stage => stage.LengthNs));

            for (var i = 0; i < 20; i++)
            {
                var atNs = random.NextInt64(0, schedule.RegularEndNs + 1);
                var (low, high) = OnTheLine(start, stages, atNs);
                steps.Aggregate(0, (count, step) => step.DueNs <= atNs ? count + (step.Start ? 1 : -1) : count).ShouldBeInRange(low, high);
            }
        }
    }

    /// <summary>The line rounded down on the way up and up on the way down; a nanosecond of rounding may lie on either side of a step.</summary>
    private static (int Low, int High) OnTheLine(int start, (long LengthNs, int Target)[] stages, long atNs)
    {
        var from = start;
        foreach (var (lengthNs, target) in stages)
        {
            if (atNs < lengthNs)
            {
                var after = from + (target - from) * (decimal)Math.Min(lengthNs, atNs + 1) / lengthNs;
                var before = from + (target - from) * (decimal)atNs / lengthNs;
                return target >= from ? ((int)Math.Floor(before), (int)Math.Floor(after)) : ((int)Math.Ceiling(after), (int)Math.Ceiling(before));
            }

            atNs -= lengthNs;
            from = target;
        }

        return (from, from);
    }

    private static IEnumerable<UserStep> Steps(IUserSchedule schedule) => Enumerable.Range(0, (int)schedule.Steps).Select(i => schedule.Step(i));

    private static string Text(IUserSchedule schedule) =>
        string.Join(' ', Steps(schedule).Select(step => $"{step.DueNs / Second}{(step.Start ? '+' : '-')}{step.Slot}"));
}
