using System.Collections.Concurrent;
using Onrush.Testing.Targets.Brokers;

namespace Onrush.Cluster.Tests;

/// <summary>A broker that is killed, stopped and started again in the middle: what was confirmed is there, and the rest is sent again.</summary>
public sealed class BrokerRestartTests
{
    [Fact]
    public async Task Nothing_is_lost_and_nothing_counts_twice()
    {
        SharedBroker.SkipWithoutRabbitMq();
        var token = TestContext.Current.CancellationToken;
        await using var server = await RabbitMqServer.StartAsync(SharedBroker.Root());
        var address = BrokerAddress.Parse(server.Url());
        var told = new ConcurrentQueue<string>();
        await using var coordinator = await RabbitMqCoordinatorBus.ConnectAsync(address, "a", told.Enqueue, token);
        await using var standby = await RabbitMqCoordinatorBus.ConnectAsync(address, "b", text => told.Enqueue($"b: {text}"), token);
        var leads = await coordinator.LeadAsync(token);
        var (folded, byStandby) = (Fold(coordinator), Fold(standby));
        var workers = Enumerable.Range(1, 5).Select(i => new RabbitMqWorkerBus(address, $"w{i}", _ => { })).ToArray();
        using var stop = new CancellationTokenSource();
        var sent = await Task.WhenAll(workers.Select(async worker =>
        {
            worker.Start(new WorkerEar());
            await Until.Holds(() => worker.IsConnected, "the worker is connected");
            return Task.Run(() => AppendAsync(worker, stop.Token), token);
        }));

        await Until.Holds(() => folded.Count > 100, "records flow");

        await Until.Holds(() => server.KnowsItsQueues("rabbit_stream_coordinator", "lead"), "the broker has written down which queues it has");
        foreach (var kill in new[] { true, false })
        {
            await (kill ? server.KillAsync() : server.StopAsync());
            await Until.Holds(() => leads.Lost.IsCancellationRequested, "the leader knows that it cannot be sure any more");
            await server.StartAgainAsync();
            var before = folded.Count;
            await Until.Holds(() => folded.Count > before + 100, "records flow again");
            var next = coordinator.LeadAsync(token);
            await Until.Holds(() => next.IsCompleted, () => $"it leads again; it said: {string.Join("; ", told)}");
            leads = await next;
        }

        await leads.DisposeAsync();
        await stop.CancelAsync();
        long total = 0;
        foreach (var count in sent)
            total += await count;

        // A cold reader sees what both saw.
        await using var cold = await RabbitMqCoordinatorBus.ConnectAsync(address, "c", text => told.Enqueue($"c: {text}"), token);
        var readers = new (string Name, ConcurrentQueue<StatusRecord> Seen)[] { ("the leader", folded), ("the standby", byStandby), ("a cold reader", Fold(cold)) };
        foreach (var (_, seen) in readers)
        {
            await Until.Holds(() => seen.Count >= total, () => "everything was read" +
                $"{string.Concat(readers.Select(reader => $"; {reader.Name} lacks {Missing(reader.Seen, sent)}"))}; they said: {string.Join("; ", told)}");
            seen.Count.ShouldBe((int)total);
        }

        foreach (var worker in workers)
            await worker.DisposeAsync();
    }

    private static string Missing(ConcurrentQueue<StatusRecord> seen, Task<long>[] sent) => string.Join(", ", sent
        .SelectMany((count, i) => Enumerable.Range(1, (int)count.Result).Select(number => (Worker: $"w{i + 1}", Number: (long)number)))
        .Except(seen.Select(status => (Worker: status.Sender, Number: status.Report!.FirstSequence)))
        .Select(record => $"{record.Worker}/{record.Number}"));

    private static ConcurrentQueue<StatusRecord> Fold(RabbitMqCoordinatorBus coordinator)
    {
        var (fold, counted) = (new LogFold(), new ConcurrentQueue<StatusRecord>());
        coordinator.Read(0, entry =>
        {
            if (fold.Apply(entry) is StatusRecord { Report: not null } status)
                counted.Enqueue(status);
        });
        return counted;
    }

    private static async Task<long> AppendAsync(RabbitMqWorkerBus worker, CancellationToken stop)
    {
        for (var number = 1L; ; number++)
        {
            while (true)
            {
                try
                {
                    await worker.AppendAsync(Records.Status(worker.Worker, number), CancellationToken.None);
                    break;
                }
                catch (BusException)
                {
                    await Task.Delay(20, CancellationToken.None);
                }
            }

            if (stop.IsCancellationRequested)
                return number;
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
