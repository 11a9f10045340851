using Onrush.Engine;

namespace Onrush.Tests.Engine;

public sealed class TimerHeapTests
{
    [Fact]
    public void Timers_fire_in_order_whatever_is_armed_moved_and_disarmed_meanwhile()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var heap = new TimerHeap();
            var model = new Dictionary<Probe, long>();
            var fired = new List<Probe>();
            var timers = Enumerable.Range(0, 300).Select(_ => new Probe(fired)).ToArray();
            var now = 0L;
            for (var step = 0; step < 3000; step++)
            {
                var timer = timers[random.Next(timers.Length)];
                switch (random.Next(5))
                {
                    case 0:
                        heap.Disarm(timer);
                        model.Remove(timer);
                        break;
                    case 1:
                        now += random.Next(20);
                        fired.Clear();
                        heap.RunDue(now);
                        var due = model.Where(t => t.Value <= now).ToArray();
                        fired.Select(t => model[t]).ShouldBe(due.Select(t => t.Value).Order(), $"seed {seed}");
                        foreach (var one in due)
                            model.Remove(one.Key);
                        break;
                    default:
                        var at = now + random.Next(200);
                        heap.Arm(timer, at);
                        model[timer] = at;
                        break;
                }

                heap.Count.ShouldBe(model.Count);
                heap.NextDue.ShouldBe(model.Count == 0 ? long.MaxValue : model.Values.Min());
            }

            timers.ShouldAllBe(t => t.IsArmed == model.ContainsKey(t));
        }
    }

    [Fact]
    public void A_timer_armed_while_others_fire_fires_in_the_same_run_when_it_is_due()
    {
        var heap = new TimerHeap();
        var log = new List<string>();
        var second = new Call(now => log.Add($"second {now}"));
        var first = new Call(_ =>
        {
            log.Add("first");
            heap.Arm(second, 10);
        });
        heap.Arm(first, 5);

        heap.RunDue(10);

        log.ShouldBe(["first", "second 10"]);
        heap.Count.ShouldBe(0);
    }

    [Fact]
    public void A_timer_may_disarm_another_that_is_due_too()
    {
        var heap = new TimerHeap();
        var fired = 0;
        var victim = new Call(_ => fired++);
        heap.Arm(new Call(_ => heap.Disarm(victim)), 1);
        heap.Arm(victim, 2);

        heap.RunDue(10);

        fired.ShouldBe(0);
        victim.IsArmed.ShouldBeFalse();
    }

    private sealed class Probe(List<Probe> fired) : LoopTimer
    {
        internal override void OnDue(long nowNs) => fired.Add(this);
    }

    private sealed class Call(Action<long> action) : LoopTimer
    {
        internal override void OnDue(long nowNs) => action(nowNs);
    }
}
