using System.Globalization;
using System.Text;
using Onrush.Scenarios;

namespace Onrush.Tests.Scenarios.Schedules;

/// <summary>
/// What each executor plans, on a clock that only the plan moves: each loop of each worker walks its own part by itself, and all of them together have to
/// do exactly what one loop of one worker does. The golden files are k6's numbers.
/// </summary>
public sealed class PlanTests
{
    private static readonly Dictionary<string, Executor> Executors = new()
    {
        ["shared-iterations"] = Executor.SharedIterations(users: 3, iterations: 10, maxDuration: "1m"),
        ["shared-iterations-one-user"] = Executor.SharedIterations(users: 1, iterations: 4),
        ["per-user-iterations"] = Executor.PerUserIterations(users: 5, iterations: 2, maxDuration: "20s"),
        ["constant-users"] = Executor.ConstantUsers(users: 4, duration: "30s"),
        ["ramping-users"] = Executor.RampingUsers(startUsers: 2, [("3s", 5), ("2s", 5), ("4s", 1), ("0s", 3), ("1s", 3), ("1500ms", 0)]),
        ["constant-arrival-rate"] = Executor.ConstantArrivalRate(rate: 10, duration: "2s"),
        ["constant-arrival-rate-one-user"] = Executor.ConstantArrivalRate(rate: 90, duration: "4s", timeUnit: "1m", maxUsers: 1),
        ["ramping-arrival-rate"] = Executor.RampingArrivalRate(startRate: 0, [("2s", 5), ("1s", 5), ("0s", 2), ("3s", 0)]),
    };

    public static TheoryData<string> Names => [.. Executors.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_plan_is_the_one_written_down_whoever_carries_it_out(string name)
    {
        var executor = Executors[name];
        executor.Fault().ShouldBeNull();

        var alone = Text(executor, [WorkShare.All]);
        Golden.Check(alone, name);
        foreach (var workers in new[] { 1, 3, 7 })
            Text(executor, Shares.Of(workers)).ShouldBe(alone, $"{workers} workers");
    }

    [Fact]
    public void Random_plans_are_the_same_by_any_share()
    {
        var random = new Random(5);
        for (var round = 0; round < 60; round++)
        {
            var executor = RandomExecutor(random);
            executor.Fault().ShouldBeNull();
            var loops = Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(1, 6)).ToArray();

            Text(executor, Shares.Of(loops.Length, worker => loops[worker])).ShouldBe(Text(executor, [WorkShare.All]), executor.ToString());
        }
    }

    private static Executor RandomExecutor(Random random)
    {
        var users = random.Next(1, 40);
        return random.Next(6) switch
        {
            0 => Executor.SharedIterations(users, users + random.Next(200)),
            1 => Executor.PerUserIterations(users, random.Next(1, 5)),
            2 => Executor.ConstantUsers(users, "10s"),
            3 => Executor.RampingUsers(users, Stages(50)),
            4 => Executor.ConstantArrivalRate(random.Next(1, 40), "5s", maxUsers: users),
            _ => Executor.RampingArrivalRate(users, Stages(30), maxUsers: users),
        };

        Stage[] Stages(int most) =>
            [(TimeSpan.FromMilliseconds(random.Next(1, 5000)), random.Next(1, most)), .. Enumerable.Range(0, random.Next(5)).Select(_ => new Stage(TimeSpan.FromMilliseconds(random.Next(3) * 700), random.Next(most)))];
    }

    private static string Text(Executor executor, IEnumerable<WorkShare> shares)
    {
        var text = new StringBuilder();
        foreach (var (dueNs, what) in shares.SelectMany(share => Part(executor, BucketSet.Of(share))).OrderBy(part => part.DueNs).ThenBy(part => part.Order).Select(part => (part.DueNs, part.What)))
            text.Append(CultureInfo.InvariantCulture, $"{(decimal)dueNs / 1_000_000_000:0.000000000} s  {what}\n");
        var end = executor is UserExecutor byUser ? byUser.Schedule().RegularEndNs : ((ArrivalRateExecutor)executor).Schedule().RegularEndNs;
        end.ShouldBe(executor.Length!.Value.Ticks * 100);
        return text.Append(CultureInfo.InvariantCulture, $"{(decimal)end / 1_000_000_000:0.000000000} s  regular end\n").ToString();
    }

    /// <summary>What one loop does, walked from step to step as a loop walks it.</summary>
    private static IEnumerable<(long DueNs, long Order, string What)> Part(Executor executor, BucketSet share)
    {
        if (executor is ArrivalRateExecutor arrivals)
        {
            var schedule = arrivals.Schedule();
            var deal = new UserDeal(share, arrivals.MaxUsers);
            for (var k = deal.OwnUsers == 0 ? schedule.Count : deal.Next(0); k < schedule.Count; k = deal.Next(k + 1))
                yield return (schedule.DueNs(k), k, $"iteration {k}");
            yield break;
        }

        var users = ((UserExecutor)executor).Schedule();
        for (var i = 0L; i < users.Steps; i++)
        {
            var step = users.Step(i);
            if (share.Owns(step.Slot))
                yield return (step.DueNs, i, $"user {step.Slot} {(step.Start ? "starts" : "is asked to stop")}");
        }

        if (executor is SharedIterationsExecutor shared)
        {
            var deal = new UserDeal(share, shared.Users);
            shared.TotalOf(share).ShouldBe(deal.CountBelow(shared.Iterations));
            for (var i = 0L; i < shared.TotalOf(share); i++)
                yield return (0, users.Steps + deal.Nth(i), $"iteration {deal.Nth(i)} can be taken");
        }
        else if (executor is PerUserIterationsExecutor each)
        {
            var own = Enumerable.Range(0, each.Users).Where(slot => share.Owns(slot)).ToArray();
            each.TotalOf(share).ShouldBe(own.Length * each.Iterations);
            foreach (var slot in own)
                yield return (0, users.Steps + slot, $"user {slot} has {each.Iterations} iterations");
        }
    }
}
