using System.Diagnostics;
using Onrush.Cluster;
using Onrush.FunctionalTests.Running;
using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Tests.Journal;
using Onrush.Testing.Targets.Brokers;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>How long a master needs for the log of a run that is in the broker: one that has a journal of it, and one that has nothing yet.</summary>
public sealed class LongLogStudy(ITestOutputHelper output)
{
    private const int Workers = 20, Seconds = 1000, Endpoints = 80;

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    [Fact(Explicit = true)]
    public async Task Study_of_reading_a_log_of_400_mb()
    {
        Assert.SkipUnless(RabbitMqServer.IsInstalled, "rabbitmq-server is not installed (Debian package rabbitmq-server; eng/test installs it as root)");
        await using var broker = await RabbitMqServer.StartAsync(Repository.Root);
        var address = BrokerAddress.Parse($"{broker.Url()}?cluster=long");
        await using var leader = await RabbitMqCoordinatorBus.ConnectAsync(address, "leader", _ => { }, TestContext.Current.CancellationToken);
        await leader.AppendAsync(new ClaimRecord("leader", 1), TestContext.Current.CancellationToken);
        await leader.AppendAsync(new DecisionRecord("leader", Directive), TestContext.Current.CancellationToken);
        var start = new PackedWriter();
        new JournalEncoder().Append(new ChangeEntry(FakeStart, new RunChange(FakeStart, RunPhase.Running, 1, 1)), start);
        await leader.AppendAsync(new BookRecord("leader", 1, "run", start.Bytes.ToArray()), TestContext.Current.CancellationToken);
        var load = new SimulatedLoad(Endpoints, Endpoints * 100, different: 20);
        IntervalReport[] seconds = [.. Enumerable.Range(0, 20).Select(_ => load.Next())];
        var bytes = await Task.WhenAll(Enumerable.Range(0, Workers).Select(i => Task.Run(() => ReportAsync(address, $"worker-{i:00}", seconds))));
        var megabytes = bytes.Sum() / 1e6;

        var journal = new LogFold();
        journal.Resume(1, Directive);
        for (var i = 0; i < Workers; i++)
            journal.Known("run", $"worker-{i:00}", 1, 1, Seconds);
        var known = await ReadAsync(address, entry => journal.Apply(entry));
        journal.Duplicates.ShouldBe(Workers * Seconds);

        var (fold, follower) = (new LogFold(), new Follower(_ => _ => { }, () => { }, TimeProvider.System));
        var unknown = await ReadAsync(address, entry => follower.Take(entry.Offset, fold.Apply(entry)));
        follower.Run!.State.Applied.Sum(range => range.Last - range.First + 1).ShouldBe(Workers * Seconds);
        output.WriteLine(
            $"{megabytes:0} MB in {Workers * Seconds:#,0} reports: read by who has them in a journal in {known.TotalSeconds:0.0} s ({megabytes / known.TotalSeconds:0} MB/s), "
            + $"read and folded by who begins to stand by in {unknown.TotalSeconds:0.0} s ({megabytes / unknown.TotalSeconds:0.0} MB/s)");
    }

    private const long FakeStart = Onrush.Runs.Tests.FakeWorker.StartUnixMs;

    private static Directive Directive => new() { Run = "run", Epoch = 1, Revision = 1, Stage = RunStage.Running, Test = new TestPlan("t.cs", "hash", new RunOptions()) };

    private static async Task<long> ReportAsync(BrokerAddress address, string worker, IntervalReport[] seconds)
    {
        await using var bus = new RabbitMqWorkerBus(address, worker, _ => { });
        var connected = new Connected();
        bus.Start(connected);
        await connected.Task.WaitAsync(Long);
        long bytes = 0;
        for (var second = 1; second <= Seconds; second++)
        {
            var record = new StatusRecord(worker, "run", new WorkerStatus { State = WorkerState.Running }, seconds[second % seconds.Length] with
            {
                Worker = worker,
                Incarnation = 1,
                FirstSequence = second,
                LastSequence = second,
                StartUnixMs = FakeStart + ((second - 1) * 1000),
            });
            bytes += RecordWire.Write(record).Length;
            await bus.AppendAsync(record, TestContext.Current.CancellationToken);
        }

        return bytes;
    }

    private static async Task<TimeSpan> ReadAsync(BrokerAddress address, Action<LogRecord> take)
    {
        await using var bus = await RabbitMqCoordinatorBus.ConnectAsync(address, $"reader-{Guid.NewGuid():N}", _ => { }, TestContext.Current.CancellationToken);
        var (clock, reports, done) = (Stopwatch.StartNew(), 0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        using var reading = bus.Read(0, entry =>
        {
            take(entry);
            if (entry.Record is StatusRecord && ++reports == Workers * Seconds)
                done.TrySetResult();
        });
        await done.Task.WaitAsync(Long);
        return clock.Elapsed;
    }

    private sealed class Connected : IWorkerBusHandler
    {
        private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Task => _connected.Task;

        public void OnConnected() => _connected.TrySetResult();

        public void OnDisconnected(string reason)
        {
        }

        public void OnMessage(CoordinatorMessage message)
        {
        }
    }
}
