using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Engine;

public sealed class EngineLoopTests
{
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Posts_from_many_threads_all_run_in_the_order_of_each_thread_and_never_side_by_side(string transport)
    {
        using var harness = new LoopHarness(transport);
        const int threads = 8, each = 20_000;
        var last = new int[threads];
        var running = 0;
        var broken = 0;
        var left = threads * each;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        await Task.WhenAll(Enumerable.Range(0, threads).Select(n => Task.Run(() =>
        {
            for (var i = 1; i <= each; i++)
            {
                var number = i;
                harness.Loop.Post(
                    _ =>
                    {
                        if (Interlocked.Exchange(ref running, 1) != 0 || ++last[n] != number || !harness.Loop.IsCurrent)
                            Interlocked.Increment(ref broken);
                        if (--left == 0)
                            done.SetResult();
                        Volatile.Write(ref running, 0);
                    },
                    null);
            }
        })));
        await done.Task.WaitAsync(LoopHarness.Deadline, TestContext.Current.CancellationToken);

        broken.ShouldBe(0);
        last.ShouldAllBe(n => n == each);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task What_another_thread_posted_before_the_loop_itself_runs_before_it(string transport)
    {
        using var harness = new LoopHarness(transport);
        var order = new List<string>();

        await harness.RunAsync(async () =>
        {
            var elsewhere = Task.Run(() => harness.Loop.Post(_ => order.Add("other thread"), null));
            elsewhere.Wait();
            harness.Loop.Post(_ => order.Add("loop"), null);
            var last = Task.Run(() => harness.Loop.Post(_ => order.Add("other thread again"), null));
            last.Wait();
            await harness.Loop.SwitchTo();
            await Task.Yield();
        });

        order.ShouldBe(["other thread", "loop", "other thread again"]);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_post_wakes_a_loop_that_sleeps(string transport)
    {
        using var harness = new LoopHarness(transport);
        for (var i = 0; i < 200; i++)
        {
            // A lost wake-up would show as the longest sleep of the loop, a second each.
            var start = MonotonicClock.Now;
            await harness.InvokeAsync(static () => { });
            ((MonotonicClock.Now - start) / 1e6).ShouldBeLessThan(900);
        }
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_post_while_the_loop_wakes_up_leaves_it_able_to_be_woken(string transport)
    {
        using var harness = new LoopHarness(transport);
        var late = 0;
        for (var i = 0; i < 20 && late == 0; i++)
        {
            var random = new Random(i);
            for (var n = 0; n < 20_000; n++)
            {
                harness.Loop.Post(static _ => { }, null);
                Thread.SpinWait(random.Next(400));
            }

            // Two in the longest sleep of the loop, a second, say that the loop was not woken; one may be a machine that was busy elsewhere.
            await harness.InvokeAsync(static () => { });
            var start = MonotonicClock.Now;
            await harness.InvokeAsync(static () => { });
            await harness.InvokeAsync(static () => { });
            if (MonotonicClock.Now - start > 1.8 * MonotonicClock.Second)
                late++;
        }

        late.ShouldBe(0);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_user_that_yields_without_end_keeps_no_timer_and_no_other_user_waiting(string transport)
    {
        using var harness = new LoopHarness(transport);
        var spinner = harness.CreateUser();
        var sleeper = harness.CreateUser();
        var stop = false;
        var spins = 0;
        var spinning = harness.RunAsync(async () =>
        {
            while (!stop)
            {
                await spinner.YieldAsync();
                spins++;
            }
        });

        await harness.RunAsync(async () =>
        {
            for (var i = 0; i < 20; i++)
                (await sleeper.DelayUntilAsync(MonotonicClock.Now + MonotonicClock.Millisecond, exact: false)).ShouldBeTrue();
        });
        await harness.InvokeAsync(() => stop = true);
        await spinning;

        spins.ShouldBeGreaterThan(0);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_wait_is_never_short_and_ends_early_only_when_the_user_leaves(string transport)
    {
        using var harness = new LoopHarness(transport);
        var user = harness.CreateUser();
        await harness.RunAsync(async () =>
        {
            foreach (var exact in (bool[])[true, false])
            {
                var due = MonotonicClock.Now + 3 * MonotonicClock.Millisecond + 123_456;
                (await user.DelayUntilAsync(due, exact)).ShouldBeTrue();
                MonotonicClock.Now.ShouldBeGreaterThanOrEqualTo(due);
            }

            (await user.DelayUntilAsync(MonotonicClock.Now - 1, exact: true)).ShouldBeTrue();
        });

        var waiting = harness.RunAsync(async () => await user.DelayUntilAsync(long.MaxValue, exact: true));
        await harness.UntilAsync(() => user.IsArmed, "the wait");
        await harness.InvokeAsync(user.Leave);
        (await waiting).ShouldBeFalse();
        (await harness.RunAsync(async () => await user.DelayUntilAsync(long.MaxValue, exact: true))).ShouldBeFalse();
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_sleep_outlasts_leaving_and_ends_with_a_cut(string transport)
    {
        using var harness = new LoopHarness(transport);
        var user = harness.CreateUser();
        var first = harness.RunAsync(() => Should.ThrowAsync<OperationCanceledException>(async () => await user.SleepUntilAsync(long.MaxValue / 2)));
        var second = harness.RunAsync(() => Should.ThrowAsync<OperationCanceledException>(async () => await user.SleepUntilAsync(long.MaxValue / 2)));
        await harness.UntilAsync(() => harness.Loop.Timers.Count == 2, "two sleeps");

        await harness.InvokeAsync(user.Leave);
        (await harness.InvokeAsync(() => harness.Loop.Timers.Count)).ShouldBe(2);
        await harness.InvokeAsync(user.Kill);
        await first;
        await second;
        (await harness.InvokeAsync(() => harness.Loop.Timers.Count)).ShouldBe(0);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task What_a_user_stops_with_may_wait_until_it_is_cut(string transport)
    {
        using var harness = new LoopHarness(transport);
        var user = harness.CreateUser();
        await harness.InvokeAsync(user.UserStopping);
        var due = MonotonicClock.Now + 50 * MonotonicClock.Millisecond;
        var stopping = harness.RunAsync(async () =>
        {
            await user.SleepUntilAsync(due);
            return MonotonicClock.Now;
        });

        await harness.InvokeAsync(user.Drain);

        (await stopping).ShouldBeGreaterThanOrEqualTo(due);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_measured_operation_is_counted_once_however_it_ends(string transport)
    {
        using var harness = new LoopHarness(transport);
        var user = harness.CreateUser();
        var counts = await harness.InvokeAsync(() =>
        {
            var one = user.MeasureStarted("SQL", "a");
            var two = user.MeasureStarted("SQL", "a");
            var three = user.MeasureStarted("SQL", "a");
            harness.Loop.InFlight.Count.ShouldBe(3);
            user.MeasureFinished(one, MonotonicClock.Now, 5, null);
            user.MeasureFinished(two, MonotonicClock.Now, 0, "deadlock");
            user.End();
            user.MeasureFinished(three, MonotonicClock.Now, 0, null);
            harness.Loop.InFlight.Count.ShouldBe(0);
            return Counts.Take(harness.Loop);
        });

        counts.ShouldBeConserved();
        counts[Outcome.Success].ShouldBe(1);
        counts[Outcome.Check].ShouldBe(1);
        counts[Outcome.Cancelled].ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_loop_stops_while_it_is_busy_and_late_posts_harm_nobody(string transport)
    {
        for (var i = 0; i < 20; i++)
        {
            var harness = new LoopHarness(transport);
            var go = true;
            var posters = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                while (Volatile.Read(ref go))
                    harness.Loop.Post(static _ => { }, null);
            })).ToArray();
            await harness.InvokeAsync(static () => { });

            harness.Loop.Stop(LoopHarness.Deadline).ShouldBeTrue();
            harness.Dispose();
            harness.Loop.Post(static _ => { }, null);
            Volatile.Write(ref go, false);
            await Task.WhenAll(posters);
            harness.Loop.Stop(LoopHarness.Deadline).ShouldBeTrue();
        }
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public void A_loop_that_was_never_started_stops_too(string transport)
    {
        var recorder = new LoopRecorder(0, MonotonicClock.Now, TimeProvider.System);
        EngineLoop loop = transport == Transports.Portable ? new PortableLoop(0, new EngineOptions(), recorder) : new EpollLoop(0, new EngineOptions(), recorder);
        loop.Stop(TimeSpan.FromSeconds(1)).ShouldBeTrue();
        loop.Dispose();
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Waiting_for_the_loop_is_refused_because_it_would_stop_the_caller(string transport)
    {
        using var harness = new LoopHarness(transport);
        Should.Throw<NotSupportedException>(() => harness.Loop.Send(static _ => { }, null));
        (await harness.InvokeAsync(() =>
        {
            var ran = false;
            harness.Loop.Send(_ => ran = true, null);
            return ran;
        })).ShouldBeTrue();
    }
}
