using System.Runtime.ExceptionServices;
using Onrush.Engine;

namespace Onrush.Users;

/// <summary>Measures operations that are not HTTP requests.</summary>
internal static class Measuring
{
    /// <summary>Measures an operation whose result has a size in bytes when <paramref name="size"/> is given.</summary>
    public static async Task<T> RunAsync<T>(User user, string method, string name, Func<Task<T>> operation, Func<T, long>? size)
    {
        var runtime = user.Runtime;

        // Code that came back on another thread must not touch the counters beside the loop.
        await runtime.EnsureOnLoopAsync();
        var series = runtime.MeasureStarted(method, name);
        var startNs = runtime.Now;
        var agoNs = 0L;
        var bytes = 0L;
        var result = default(T);
        Exception? thrown = null;
        try
        {
            var running = operation();
            agoNs = await EndAsync(running);
            result = await running;
            bytes = size?.Invoke(result) ?? 0;
        }
        catch (Exception e)
        {
            thrown = e;
        }

        await runtime.EnsureOnLoopAsync();

        // What finished on another thread was over before: its start is moved by as much, so that the time is the operation's own.
        startNs += agoNs;
        if (thrown is UserKilledException || (thrown is not null && user.IsCut))
            runtime.MeasureCancelled(series, startNs);
        else
            Finish(user, method, name, series, startNs, bytes, thrown is null or ControlFlowException ? null : ErrorText(thrown));

        if (thrown is not null)
            ExceptionDispatchInfo.Throw(thrown);
        return result!;
    }

    private static void Finish(User user, string method, string name, int series, long startNs, long bytes, string? error)
    {
        user.Runtime.MeasureFinished(series, startNs, bytes, error);
        if (user.Events is not { HearsRequests: true } events)
            return;
        events.Raise(new RequestFinished
        {
            Method = method,
            Name = name,
            ResponseMilliseconds = (user.Runtime.Now - startNs) / (double)MonotonicClock.Millisecond,
            ContentLength = bytes,
            Error = error,
            UserClass = user.Class.Name,
            UserNumber = user.Number,
        });
    }

    /// <summary>Waits for the end, success or not, and gives how many nanoseconds it took to come back from the thread it ended on.</summary>
    private static async ValueTask<long> EndAsync(Task running)
    {
        if (running.IsCompleted)
            return 0;

        var (thread, endNs) = await running.ContinueWith(
            static _ => (Environment.CurrentManagedThreadId, MonotonicClock.Now),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return thread == Environment.CurrentManagedThreadId ? 0 : MonotonicClock.Now - endNs;
    }

    /// <summary>One line, so that equal failures are counted together and fit a table.</summary>
    private static string ErrorText(Exception thrown)
    {
        var message = thrown.Message.AsSpan().Trim();
        var end = message.IndexOfAny('\r', '\n');
        return $"{thrown.GetType().Name}: {(end < 0 ? message : message[..end])}";
    }
}
