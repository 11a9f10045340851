using System.Collections.Concurrent;
using System.Globalization;
using RabbitMQ.Client;

namespace Onrush.Cluster.Tests;

/// <summary>What every bus has to do, done by a real broker.</summary>
public sealed class RabbitMqBusTests : BusConformance, IClassFixture<SharedBroker>
{
    private readonly SharedBroker _broker;
    private readonly RabbitMqFixture _bus;

    public RabbitMqBusTests(SharedBroker broker)
    {
        SharedBroker.SkipWithoutRabbitMq();
        (_broker, _bus) = (broker, new RabbitMqFixture(broker.Server));
    }

    private protected override BusFixture Bus => _bus;

    [Fact]
    public async Task A_worker_that_waits_for_a_master_declares_nothing()
    {
        var before = await CountsAsync();
        await using (var worker = await _bus.WorkerAsync("early"))
        {
            worker.Start(new WorkerEar());
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while ((await CountsAsync()).Connections < before.Connections + 2)
                deadline.IsCancellationRequested.ShouldBeFalse("it has tried twice");
        }

        (await CountsAsync()).Queues.ShouldBe(before.Queues);
        _bus.Warnings.ShouldHaveSingleItem().ShouldBe("no master has been there yet");
    }

    // What a broker had not stored yet when its log ended under it, it sends again, and RabbitMQ 3.10 then numbers it by the channel, not by the log: where the two differ,
    // it takes what comes next for what it has already, and confirms it.
    [Fact]
    public async Task A_log_that_was_away_and_then_begins_anew_in_the_broker_leaves_nothing_out()
    {
        var token = TestContext.Current.CancellationToken;
        await using var coordinator = await _bus.CoordinatorAsync("a");
        var (fold, seen) = (new LogFold(), new ConcurrentQueue<long>());
        coordinator.Read(0, entry =>
        {
            if (fold.Apply(entry) is StatusRecord { Report: { } report })
                seen.Enqueue(report.FirstSequence);
        });
        await using var worker = await _bus.WorkerAsync("w");
        worker.Start(new WorkerEar());
        await Until.Holds(() => worker.IsConnected, "the worker is connected");

        var names = new BrokerNames(_bus.Address().Cluster);
        await using var connection = await new ConnectionFactory { Uri = new Uri(_broker.Server.Url()) }.CreateConnectionAsync(token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: token);
        await channel.QueueUnbindAsync(names.Journal, names.In, BrokerNames.Report, cancellationToken: token);
        for (var refused = 0; refused < 6;)
        {
            try
            {
                await worker.AppendAsync(Records.Status("w", 1), token);
                Assert.Fail("nothing can take it");
            }
            catch (BusException)
            {
                refused++;
            }
        }

        await channel.QueueBindAsync(names.Journal, names.In, BrokerNames.Report, cancellationToken: token);
        Task? killing = null;
        long last = 0;
        for (var after = 0; after < 20; after += killing is { IsCompleted: true } ? 1 : 0)
        {
            last++;
            while (true)
            {
                try
                {
                    await worker.AppendAsync(Records.Status("w", last), token);
                    break;
                }
                catch (BusException)
                {
                    await Task.Delay(20, token);
                }
            }

            if (last == 10)
            {
                killing = _broker.Server.ControlAsync(
                    "eval", $"{{ok, Q}} = rabbit_amqqueue:lookup(rabbit_misc:r(<<\"onrush\">>, queue, <<\"{names.Journal}\">>)), exit(amqqueue:get_pid(Q), kill).");
            }
        }

        await killing!;
        await Until.Holds(() => seen.Count >= last, () => $"everything was read, of {last} all but {string.Join(", ", Enumerable.Range(1, (int)last).Select(number => (long)number).Except(seen))}");
        seen.ShouldBe(Enumerable.Range(1, (int)last).Select(number => (long)number), ignoreOrder: true);
    }

    // How many connections and queues the broker has ever made.
    private async Task<(int Connections, int Queues)> CountsAsync()
    {
        var row = await _broker.Server.ControlAsync("eval", "[{_, Connections, _, _, _, _, Queues, _}] = ets:tab2list(connection_churn_metrics), io:format(\"~b ~b~n\", [Connections, Queues]).");
        var numbers = row.Split('\n')[0].Split(' ');
        return (int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture));
    }
}
