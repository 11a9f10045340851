using System.Diagnostics;
using Onrush.Bench.Generators;
using Onrush.Bench.Targets;

namespace Onrush.Bench.Measuring;

/// <summary>
/// From the start of the launcher's process to the first byte at the target: with a script that is in the cache, and with one that was
/// changed since. The whole way of a user at a terminal.
/// </summary>
internal sealed class StartMeasurement(BenchOptions options, Progress progress)
{
    private const string Script = """
        using Onrush;

        public sealed class HelloUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Constant(0.1);

            [Task]
            public async Task Hello() => await Client.GetAsync("/hello");
        }

        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task<StartResult> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("onrush-bench-start-");
        try
        {
            var file = Path.Combine(folder.FullName, "hello.cs");
            await ChangeAsync(file);

            // Builds the launcher's program when it has to, and fills the cache.
            await MeasureAsync(file);
            var cached = new List<double>();
            var changed = new List<double>();
            for (var round = 0; round < options.Rounds; round++)
            {
                cached.Add(await MeasureAsync(file));
                await ChangeAsync(file);
                changed.Add(await MeasureAsync(file));
                progress.Say(FormattableString.Invariant($"start round {round + 1}: cached {cached[^1]:0} ms, changed {changed[^1]:0} ms"));
            }
            return new StartResult(Spread.Of(cached), Spread.Of(changed));
        }
        catch (BenchException e)
        {
            progress.Note($"start does not count: {e.Message}");
            return new StartResult(null, null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task ChangeAsync(string file) => File.WriteAllTextAsync(file, $"{Script}// {Guid.NewGuid()}\n");

    /// <summary>Time to the first byte in milliseconds.</summary>
    private static async Task<double> MeasureAsync(string file)
    {
        using var listener = new FirstByteListener();
        var startedAt = Stopwatch.GetTimestamp();
        await using var run = ProgramRun.Start(
            Path.Combine(Repository.Root, "onrush"),
            ["-f", file, "-H", listener.Url.ToString(), "--headless", "-u", "1", "-t", "1s"],
            Path.GetDirectoryName(file));
        await run.ExitAsync(Patience);
        return listener.FirstByte.IsCompletedSuccessfully && run.ExitCode == 0
            ? Stopwatch.GetElapsedTime(startedAt, await listener.FirstByte).TotalMilliseconds
            : throw new BenchException($"onrush ended with code {run.ExitCode} and {(listener.FirstByte.IsCompleted ? "a" : "no")} request: {run.Errors}{run.Output}");
    }
}

/// <summary>Times to the first request in milliseconds; null when it did not arrive.</summary>
internal sealed record StartResult(Spread? CachedMs, Spread? ChangedMs);
