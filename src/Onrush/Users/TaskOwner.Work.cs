using Onrush.Engine;
using Onrush.Users;

namespace Onrush;

// What a task may do besides requests. All of it returns on the user's loop.
public abstract partial class TaskOwner
{
    /// <summary>
    /// Pauses inside a task. Unlike the wait between tasks it belongs to the iteration: a graceful stop lets it finish.
    /// </summary>
    /// <param name="seconds">Seconds, not below 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or no number.</exception>
    public ValueTask SleepAsync(double seconds)
    {
        if (!(seconds >= 0) || seconds > 1e9)
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A pause is a number of seconds from 0 to 1,000,000,000.");

        var runtime = Self.Runtime;
        var lengthNs = (long)(seconds * MonotonicClock.Second);
        var onLoop = runtime.EnsureOnLoopAsync();
        return onLoop.IsCompletedSuccessfully ? runtime.SleepUntilAsync(runtime.Now + lengthNs) : ReturnAndSleepAsync();

        async ValueTask ReturnAndSleepAsync()
        {
            await onLoop.ConfigureAwait(false);
            await runtime.SleepUntilAsync(runtime.Now + lengthNs).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Waits now as between two tasks, by the wait time of this class. When the run stops meanwhile the user ends here, without the
    /// rest of the task.
    /// </summary>
    public async ValueTask WaitAsync()
    {
        var runtime = Self.Runtime;
        await runtime.EnsureOnLoopAsync().ConfigureAwait(false);
        var nowNs = runtime.Now;
        var next = PlanNext(nowNs, nowNs);
        if (!await runtime.DelayUntilAsync(next.AtNs, next.Scheduled))
            throw new StopUserException();
    }

    /// <summary>Runs blocking code on the thread pool, so that the other users of the loop go on, and comes back to the loop.</summary>
    /// <param name="work">What blocks. It runs beside the loop's users, so it must not touch what other users touch.</param>
    public Task RunBlockingAsync(Action work) => OffLoop.RunAsync(Self.Runtime, Task.Run(work));

    /// <summary>Runs blocking code with a result on the thread pool and comes back to the loop.</summary>
    /// <param name="work">What blocks. It runs beside the loop's users, so it must not touch what other users touch.</param>
    public Task<T> RunBlockingAsync<T>(Func<T> work) => OffLoop.RunAsync(Self.Runtime, Task.Run(work));

    /// <summary>Runs code that blocks and awaits on the thread pool and comes back to the loop.</summary>
    /// <param name="work">What blocks. It runs beside the loop's users, so it must not touch what other users touch.</param>
    public Task RunBlockingAsync(Func<Task> work) => OffLoop.RunAsync(Self.Runtime, Task.Run(work));

    /// <summary>
    /// Measures one operation of any protocol and counts it in the same statistics as HTTP requests: its duration, and a failure when
    /// it throws. The exception goes on to the caller; catch it if the task is to go on. <c>StopUser</c> and its like are no failure,
    /// and an operation that was cut with its user counts as cancelled.
    /// </summary>
    /// <param name="method">What stands in the column Type, for instance <c>SQL</c>.</param>
    /// <param name="name">What stands in the column Name.</param>
    /// <param name="operation">What is measured.</param>
    public Task MeasureAsync(string method, string name, Func<Task> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Measuring.RunAsync<bool>(Self, method, name, async () => { await operation(); return true; }, size: null);
    }

    /// <summary>
    /// Measures one operation with a result, like <see cref="MeasureAsync(string, string, Func{Task})"/>.
    /// </summary>
    /// <param name="method">What stands in the column Type, for instance <c>SQL</c>.</param>
    /// <param name="name">What stands in the column Name.</param>
    /// <param name="operation">What is measured.</param>
    /// <param name="size">Gives the size of the result in bytes; without it the size is 0.</param>
    public Task<T> MeasureAsync<T>(string method, string name, Func<Task<T>> operation, Func<T, long>? size = null)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Measuring.RunAsync(Self, method, name, operation, size);
    }
}
