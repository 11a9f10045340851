using System.Collections.Concurrent;
using Onrush.Runs.Journal;
using Onrush.Runs.Watching;

namespace Onrush.Runs.Tests.Watching;

public sealed class TargetWatcherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_failure_is_told_once_leaves_a_gap_and_does_not_end_the_watching()
    {
        var script = new Queue<Func<double>>([() => 1, () => throw new InvalidOperationException("connection refused"), () => throw new InvalidOperationException("again"), () => 2]);
        var (taken, told) = (new BlockingCollection<TargetMetrics>(), new ConcurrentQueue<string>());
        await using var watcher = new TargetWatcher([Of("a", () => script.TryDequeue(out var next) ? next() : 3)], taken.Add, told.Enqueue, TimeProvider.System);
        double[] values = [.. Enumerable.Range(0, 5).Select(_ => Take(taken).Values["a"])];
        values.ShouldBe([1, double.NaN, double.NaN, 2, 3]);
        told.ShouldHaveSingleItem().ShouldBe("Watching a failed: connection refused. The run goes on without it; later failures are not told.");
    }

    [Fact]
    public async Task One_that_hangs_holds_up_no_other_and_no_end()
    {
        var taken = new BlockingCollection<TargetMetrics>();
        var hanging = new Watch("hangs", TimeSpan.FromMilliseconds(5), _ => new Hanging());
        await using (new TargetWatcher([hanging, Of("b", () => 1)], taken.Add, _ => { }, TimeProvider.System))
        {
            Take(taken).Source.ShouldBe("b");
            Take(taken).Source.ShouldBe("b");
        }
    }

    [Fact]
    public async Task A_process_has_processor_time_memory_and_threads()
    {
        var taken = new BlockingCollection<TargetMetrics>();
        var watch = new WatchKinds(WatchKinds.BuiltIn).Read($"process={Environment.ProcessId}&name=own") with { Period = TimeSpan.FromMilliseconds(50) };
        await using var watcher = new TargetWatcher([watch], taken.Add, _ => { }, TimeProvider.System);
        var first = Take(taken);
        first.Values.Keys.ShouldBe(["own memory", "own threads"]);
        first.Values["own memory"].ShouldBeGreaterThan(1_000_000);
        first.Units.ShouldBe(new Dictionary<string, string> { ["own CPU"] = "%", ["own memory"] = "bytes" });
        // Something to measure.
        using var busy = new CancellationTokenSource();
        var work = Task.Run(() => { while (!busy.IsCancellationRequested) Thread.SpinWait(1000); });
        double most = 0;
        for (int i = 0; i < 400 && most == 0; i++)
            most = Take(taken).Values["own CPU"];
        await busy.CancelAsync();
        await work;
        most.ShouldBeInRange(0.1, 100.0 * 4096);
    }

    [Fact]
    public async Task A_process_that_is_not_there_is_told()
    {
        var told = new TaskCompletionSource<string>();
        var watch = new WatchKinds(WatchKinds.BuiltIn).Read("process=no-such-program-here");
        await using var watcher = new TargetWatcher([watch], _ => { }, text => told.TrySetResult(text), TimeProvider.System);
        (await told.Task.WaitAsync(Patience)).ShouldStartWith("Watching processes no-such-program-here failed: there is no process no-such-program-here.");
    }

    private static TargetMetrics Take(BlockingCollection<TargetMetrics> taken) =>
        taken.TryTake(out var metrics, Patience) ? metrics : throw new TimeoutException("nothing was read");

    private static Watch Of(string name, Func<double> value) => new(name, TimeSpan.FromMilliseconds(5), _ => new Scripted(name, value));

    private sealed class Scripted(string name, Func<double> value) : IWatchReader
    {
        public Task<IReadOnlyList<WatchReading>> ReadAsync(CancellationToken end) => Task.FromResult<IReadOnlyList<WatchReading>>([WatchReading.Single(1, name, value(), null)]);

        public void Dispose()
        {
        }
    }

    private sealed class Hanging : IWatchReader
    {
        public async Task<IReadOnlyList<WatchReading>> ReadAsync(CancellationToken end)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, end);
            return [];
        }

        public void Dispose()
        {
        }
    }
}
