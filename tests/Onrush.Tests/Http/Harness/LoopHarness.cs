using System.Collections.Concurrent;
using Onrush.Engine;
using Onrush.Measurement;

namespace Onrush.Tests.Http.Harness;

/// <summary>One engine loop that turns, and a way to run something on it. What fails on the loop outside of any await fails the test.</summary>
internal sealed class LoopHarness : IDisposable
{
    /// <summary>How long a test waits for anything: long enough for a busy machine, short enough to name what hangs.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly ConcurrentQueue<string> Warnings = new();

    static LoopHarness() => EngineLog.Warn = Warnings.Enqueue;

    public LoopHarness(string transport, EngineOptions? options = null)
    {
        options = (options ?? new EngineOptions()) with { Loops = 1, Portable = transport == Transports.Portable };
        var recorder = new LoopRecorder(0, MonotonicClock.Now, TimeProvider.System);
        Loop = options.Portable ? new PortableLoop(0, options, recorder) : new EpollLoop(0, options, recorder);
        Loop.Start();
    }

    public EngineLoop Loop { get; }

    /// <summary>Makes a user of the loop.</summary>
    public LoopUser CreateUser(Action<string>? stopTest = null) => new(Loop, Loop.Recorder.Scenario("s"), "TestUser", stopTest ?? (static _ => { }));

    /// <summary>Runs the body on the loop, as the code of a user runs: every await comes back to it.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> body)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Post(
            async _ =>
            {
                try
                {
                    done.SetResult(await body());
                }
                catch (Exception exception)
                {
                    done.SetException(exception);
                }
            },
            null);
        return await done.Task.WaitAsync(Deadline).ConfigureAwait(false);
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<Task> body) => RunAsync(async () =>
    {
        await body();
        return true;
    });

    /// <summary>Does something on the loop and gives what came of it.</summary>
    public Task<T> InvokeAsync<T>(Func<T> action) => RunAsync(() => Task.FromResult(action()));

    /// <inheritdoc cref="InvokeAsync{T}"/>
    public Task InvokeAsync(Action action) => InvokeAsync(() =>
    {
        action();
        return true;
    });

    /// <summary>Waits until the condition holds on the loop.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        var end = MonotonicClock.Now + (long)Deadline.TotalNanoseconds;
        while (!await InvokeAsync(condition).ConfigureAwait(false))
        {
            if (MonotonicClock.Now > end)
                throw new TimeoutException($"never happened: {what}");
            await Task.Delay(1).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Loop.Dispose();
        Warnings.Where(w => w.StartsWith("A callback failed", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
