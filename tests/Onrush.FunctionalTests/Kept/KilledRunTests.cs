using System.Diagnostics;
using Onrush.FunctionalTests.Running;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Kept;

/// <summary>A run that is killed at any moment leaves a journal with everything up to its last second, and never more than the target counted.</summary>
public sealed class KilledRunTests(ITestOutputHelper output) : RunFixture
{
    private const string Busy = """
        using Onrush;

        public sealed class BusyUser : FastHttpUser
        {
            protected override WaitTime WaitTime => WaitTime.Constant(0.02);

            [Task]
            public async Task First() => await Client.GetAsync("/first");

            [Task]
            public async Task Second() => await Client.GetAsync("/second?ms=5");
        }
        """;

    // Loops hand over their counts up to this long before the end that a report gives.
    private static readonly TimeSpan Skew = TimeSpan.FromMilliseconds(300);

    [Fact]
    public Task Three_runs_killed_at_random_moments() => KillAsync(3, seed: 1);

    [Fact(Explicit = true)]
    public Task Study_of_20_runs_killed_at_random_moments() => KillAsync(20, seed: 2);

    private async Task KillAsync(int runs, int seed)
    {
        var random = new Random(seed);
        for (var run = 1; run <= runs; run++)
            await KillOneAsync(run, TimeSpan.FromSeconds(1 + random.NextDouble() * 4));
    }

    private async Task KillOneAsync(int number, TimeSpan after)
    {
        await using var server = CountingServer.Start();
        using var counting = new Samples(server);
        await using var running = OnrushCommand.Start(Folder, Arguments(Busy, server.Url, "-u", "20", "-r", "20"));
        await counting.FirstRequestAsync();
        await Task.Delay(after);
        running.Send(Signal.Kill);
        await running.ExitAsync();

        var store = new RunFolders(Path.Combine(Folder.Path, ".onrush", "runs"), TimeProvider.System);
        var stored = store.List()[0];
        stored.IsRunning.ShouldBeFalse();
        FoldedRun folded;
        await using (var journal = store.Open(stored))
            folded = JournalFold.Read(journal);
        folded.Problems.ShouldBeEmpty();
        folded.Verdict.ShouldBeNull();
        var snapshot = folded.Snapshot();
        var row = snapshot.Aggregated;
        var end = await LastReportAsync(store, stored);
        output.WriteLine(
            $"run {number}: killed after {after.TotalSeconds:0.00} s; kept {row.Started} begun and {row.Requests} ended in {snapshot.Seconds.Count} s; the target counted "
            + $"{counting.Before(end)} at that moment and {server.Counts.Received} altogether");

        // Never more than the target counted by then, nor less: what is not ended is in flight, and known to be.
        row.Failures.ShouldBe(0);
        row.Requests.ShouldBeLessThanOrEqualTo(server.Counts.Received);
        row.Requests.ShouldBeLessThanOrEqualTo(counting.After(end + Skew));
        row.Started.ShouldBeGreaterThanOrEqualTo(counting.Before(end - Skew));
        row.InFlight.ShouldBeInRange(0, 20);
        snapshot.Conservation.Errors.ShouldBeEmpty();

        // Every second that was shown is there.
        if (running.Output.Split('\n').Select(LiveRow.Parse).OfType<LiveRow>().LastOrDefault() is { } shown)
            snapshot.RunTime.TotalSeconds.ShouldBeGreaterThanOrEqualTo(shown.Seconds - 1);

        var report = await OnrushCommand.RunAsync(Folder, ["report", stored.Id]);
        report.ExitCode.ShouldBe(0, report.Everything);
        report.Console.Aggregated.Requests.ShouldBe(row.Requests);
        report.Output.ShouldContain("UNFINISHED: the run was ended before it could be judged");
        (await OnrushCommand.RunAsync(Folder, ["runs"])).Output.ShouldContain("unfinished");
    }

    // Up to when the journal knows what happened.
    private static async Task<DateTimeOffset> LastReportAsync(RunFolders store, StoredRun run)
    {
        await using var journal = store.Open(run);
        var reader = new JournalReader(journal);
        long end = 0;
        while (reader.Next() is { } entry)
            end = entry is ReportEntry { Report: var report } ? report.EndUnixMs : end;
        return DateTimeOffset.FromUnixTimeMilliseconds(end);
    }

    /// <summary>What the target had received at which time.</summary>
    private sealed class Samples : IDisposable
    {
        private readonly List<(DateTimeOffset Time, long Received)> _samples = [];
        private readonly CancellationTokenSource _over = new();
        private readonly CountingServer _server;
        private readonly Task _sampling;

        public Samples(CountingServer server)
        {
            _server = server;
            _sampling = Task.Run(SampleAsync);
        }

        public async Task FirstRequestAsync()
        {
            var patience = Stopwatch.StartNew();
            while (_server.Counts.Received == 0)
            {
                patience.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(90), "waited in vain for the first request");
                await Task.Delay(5);
            }
        }

        public long Before(DateTimeOffset time)
        {
            lock (_samples)
                return _samples.LastOrDefault(s => s.Time <= time).Received;
        }

        public long After(DateTimeOffset time)
        {
            lock (_samples)
                return _samples.Where(s => s.Time >= time).Select(s => s.Received).FirstOrDefault(_server.Counts.Received);
        }

        public void Dispose()
        {
            _over.Cancel();
            _sampling.Wait();
            _over.Dispose();
        }

        private async Task SampleAsync()
        {
            while (!_over.IsCancellationRequested)
            {
                // Counted first: a sample may be too small for its time, and never too large.
                var received = _server.Counts.Received;
                lock (_samples)
                    _samples.Add((TimeProvider.System.GetUtcNow(), received));
                await Task.Delay(5);
            }
        }
    }
}
