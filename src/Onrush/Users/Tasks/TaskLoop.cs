using System.Runtime.CompilerServices;
using Onrush.Engine;

namespace Onrush.Users;

/// <summary>
/// What a user does from its start to its end: pick a task, perform it, wait, again; and the same inside of each task set it enters.
/// Runs on the user's loop; an iteration allocates nothing of its own. Code of the load test is awaited with the loop's context, which
/// resumes in place when it finished on the loop and is posted to the loop when it did not; waits of the engine need none.
/// <code>
/// the task (names without "Exception")       counted as          then
/// returns                                    iteration           wait, next task
/// throws RescheduleTask                      iteration           wait, next task
/// throws RescheduleTaskImmediately           iteration           next task
/// throws InterruptTaskSet, in a task set     iteration           leave the set (its OnStopAsync); the encloser goes on at once or after its wait
/// throws InterruptTaskSet, in a user         failed, UserError   wait, next task
/// throws StopUser                            iteration, reason   end of the user
/// throws StopTest                            iteration           end of the user, and of the run
/// throws anything else                       failed, UserError   wait, next task
/// throws after the user was cut              interrupted         end of the user
/// the user was asked to leave meanwhile      as above            end of the user instead of a wait or a task
/// </code>
/// </summary>
internal static class TaskLoop
{
    /// <summary>A user that never suspends gives its loop back after so many turns.</summary>
    private const int TurnsBeforeYield = 64;

    /// <summary>And after so long, as its tasks may block: the stop and the other users must get their turn.</summary>
    private const long LongestHoldNs = 10 * MonotonicClock.Millisecond;

    /// <summary>
    /// Performs tasks of <paramref name="owner"/> until it is left. Throws nothing. What the pooled builder makes goes on in place for who awaits
    /// it without a context, and needs no continuation object for that: 110 bytes of every user.
    /// </summary>
    /// <param name="owner">A user, or a task set that was entered and has started.</param>
    /// <param name="enteredDueNs">Instant at which its first iteration is due; -1 when it is not scheduled.</param>
    /// <returns>How what encloses the owner goes on: <see cref="Turn.Wait"/>, <see cref="Turn.Now"/> or <see cref="Turn.End"/>.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<Turn> RunAsync(TaskOwner owner, long enteredDueNs)
    {
        var user = owner.Self;
        var runtime = user.Runtime;
        var dueNs = user.ScenarioWork.Waits ? FirstDue(owner, enteredDueNs) : enteredDueNs;

        // The end of one iteration is the start of the next when nothing lies between: the clock is read once for both.
        var nowNs = runtime.Now;
        try
        {
            while (true)
            {
                if (++user.UnsuspendedTurns == 1)
                    user.HoldsLoopSinceNs = nowNs;
                if (user.UnsuspendedTurns > TurnsBeforeYield || nowNs - user.HoldsLoopSinceNs > LongestHoldNs)
                {
                    user.UnsuspendedTurns = 0;
                    await runtime.YieldAsync();
                    nowNs = runtime.Now;
                }

                if (runtime.StopRequested || user.IsCut)
                    return Turn.End;

                var task = owner.NextTask();
                while (user.ScenarioWork.Gate is { } gate && task.Body is not null)
                {
                    var answer = gate.Ask(ref dueNs);
                    if (answer == GateAnswer.Begin)
                        break;
                    if (answer == GateAnswer.End || !await runtime.ParkAsync())
                        return Turn.End;
                    user.UnsuspendedTurns = 0;
                    nowNs = runtime.Now;
                }

                var startedNs = nowNs;
                Turn turn;
                if (task.Body is null)
                {
                    var set = EnterAsync(owner, task, dueNs);
                    if (!set.IsCompleted)
                        user.UnsuspendedTurns = 0;
                    turn = await set;
                    nowNs = runtime.Now;
                }
                else
                {
                    Exception? thrown = null;
                    runtime.IterationStarted(task.Path, dueNs);
                    try
                    {
                        ValueTask running;
                        if (task.Body.ReturnsTask)
                        {
                            var called = task.Body.Call(owner);
                            while (called is { IsCompleted: false } && runtime.StandsForResponse(called))
                            {
                                user.UnsuspendedTurns = 0;
                                await runtime.ResponseHandedOverAsync().ConfigureAwait(false);
                            }

                            running = called is null || called.IsCompletedSuccessfully ? default : new ValueTask(called);

                            // A user that thinks keeps nothing of it.
                            called = null;
                        }
                        else
                        {
                            running = task.Body.InvokeAsync(owner);
                        }

                        if (!running.IsCompleted)
                            user.UnsuspendedTurns = 0;
                        await running.ConfigureAwait(task.Body.ContinuesOnContext);
                    }
                    catch (Exception e)
                    {
                        thrown = e;
                    }

                    await runtime.EnsureOnLoopAsync();
                    if (user.IsCut || thrown is UserKilledException)
                    {
                        runtime.IterationInterrupted();
                        return Turn.End;
                    }

                    var failed = false;
                    turn = thrown is null ? Turn.Wait : Judge(user, task.Path, thrown, insideSet: owner is TaskSet, out failed);
                    nowNs = runtime.IterationFinished(startedNs, dueNs, failed);
                }

                if (turn > Turn.Now)
                    return turn == Turn.LeaveNow ? Turn.Now : turn == Turn.LeaveThenWait ? Turn.Wait : Turn.End;

                dueNs = -1;
                if (turn == Turn.Wait && user.ScenarioWork.Waits)
                {
                    var next = PlanNext(owner, startedNs, nowNs);
                    if (next.AtNs > nowNs)
                    {
                        var delay = runtime.DelayUntilAsync(next.AtNs, exact: next.Scheduled);
                        if (!delay.IsCompleted)
                            user.UnsuspendedTurns = 0;
                        if (!await delay)
                            return Turn.End;
                        nowNs = runtime.Now;
                    }

                    if (next.Scheduled)
                        dueNs = next.AtNs;
                }
            }
        }
        catch (UserKilledException)
        {
            return Turn.End;
        }
    }

    /// <summary>What follows from an exception of user code; reports it when it is an error.</summary>
    /// <param name="user">The user.</param>
    /// <param name="task">Where it came from: a task, OnStartAsync, OnStopAsync.</param>
    /// <param name="thrown">What was thrown.</param>
    /// <param name="insideSet">Whether there is a task set to leave.</param>
    /// <param name="failed">Whether it was an error.</param>
    public static Turn Judge(User user, string task, Exception thrown, bool insideSet, out bool failed)
    {
        failed = false;
        if (user.IsCut || thrown is UserKilledException)
            return Turn.End;

        switch (thrown)
        {
            case RescheduleTaskException:
                return Turn.Wait;
            case RescheduleTaskImmediatelyException:
                return Turn.Now;
            case InterruptTaskSetException interrupt when insideSet:
                return interrupt.Reschedule ? Turn.LeaveNow : Turn.LeaveThenWait;
            case StopUserException stop:
                if (stop.Reason is { } reason)
                    user.Runtime.UserStopped(reason);
                return Turn.End;
            case StopTestException:
                user.Runtime.StopTest(thrown.Message);
                return Turn.End;
            default:
                failed = true;
                user.Runtime.UserError(task, thrown);
                return Turn.Wait;
        }
    }

    /// <summary>One stay in a nested task set.</summary>
    private static async ValueTask<Turn> EnterAsync(TaskOwner owner, TaskNode node, long dueNs)
    {
        var user = owner.Self;
        var runtime = user.Runtime;
        TaskSet? set = null;
        Exception? thrown = null;
        try
        {
            set = node.CreateSet!();
            set.Enter(user, owner as TaskSet, node.Tasks!);
            await set.OnStartAsync();
        }
        catch (Exception e)
        {
            thrown = e;
        }

        await runtime.EnsureOnLoopAsync();
        if (thrown is not null)
        {
            return Judge(user, $"{node.Path}.{nameof(TaskOwner.OnStartAsync)}", thrown, insideSet: true, out _) switch
            {
                Turn.LeaveNow => Turn.Now,
                Turn.LeaveThenWait => Turn.Wait,
                var other => other,
            };
        }

        var turn = await RunAsync(set!, dueNs).ConfigureAwait(false);
        try
        {
            await set!.OnStopAsync();
        }
        catch (Exception e)
        {
            thrown = e;
        }

        await runtime.EnsureOnLoopAsync();
        var stopped = thrown is null ? turn : Judge(user, $"{node.Path}.{nameof(TaskOwner.OnStopAsync)}", thrown, insideSet: true, out _);
        return stopped == Turn.End ? Turn.End : turn;
    }

    private static long FirstDue(TaskOwner owner, long enteredDueNs)
    {
        try
        {
            return owner.FirstDue(enteredDueNs);
        }
        catch (Exception)
        {
            // The wait after the first task reads the same property and reports what is wrong with it.
            return enteredDueNs;
        }
    }

    private static NextStart PlanNext(TaskOwner owner, long startedNs, long nowNs)
    {
        try
        {
            return owner.PlanNext(startedNs, nowNs);
        }
        catch (Exception e)
        {
            // Without a pause a broken wait time would turn into the greatest load that the machine can give.
            var runtime = owner.Self.Runtime;
            runtime.UserError("WaitTime", e);
            return new NextStart(runtime.Now + MonotonicClock.Second, Scheduled: false);
        }
    }
}
