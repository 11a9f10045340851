using System.Collections.Concurrent;

namespace Onrush.Cluster.Tests;

/// <summary>What every bus has to do, whatever it is made of. Derived for each.</summary>
public abstract class BusConformance : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _ends = [];

    private protected abstract BusFixture Bus { get; }

    [Fact]
    public async Task Records_of_a_worker_are_read_once_each_and_in_order()
    {
        var coordinator = await CoordinatorAsync("a");
        var read = Follow(coordinator, release: true);
        var (worker, _) = await WorkerAsync("w1");
        for (var i = 1; i <= 100; i++)
            await worker.AppendAsync(Records.Status("w1", i), Token);
        await Until.Holds(() => read.Count >= 100, "100 records were read");
        read.Select(entry => Records.Number(entry.Record)).ShouldBe(Enumerable.Range(1, 100).Select(i => (long)i));
        read.Select(entry => entry.Offset).ShouldBe(read.Select(entry => entry.Offset).Distinct().Order());
    }

    [Fact]
    public async Task Many_workers_lose_and_double_nothing()
    {
        var coordinator = await CoordinatorAsync("a");
        var read = Follow(coordinator, release: true);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async w =>
        {
            var (worker, _) = await WorkerAsync($"w{w}");
            for (var i = 1; i <= 50; i++)
                await worker.AppendAsync(Records.Status($"w{w}", i), Token);
        }));
        await Until.Holds(() => read.Count >= 1000, "1,000 records were read");
        foreach (var ofOne in read.GroupBy(entry => entry.Record.Sender))
            ofOne.Select(entry => Records.Number(entry.Record)).ShouldBe(Enumerable.Range(1, 50).Select(i => (long)i), ofOne.Key);
    }

    [Fact]
    public async Task A_reader_begins_where_it_is_told()
    {
        var coordinator = await CoordinatorAsync("a");
        var all = Follow(coordinator, release: false);
        for (var epoch = 1; epoch <= 10; epoch++)
            await coordinator.AppendAsync(new ClaimRecord("a", epoch), Token);
        await Until.Holds(() => all.Count == 10, "10 records were read");
        var fifth = all.ElementAt(4).Offset;
        var rest = new ConcurrentQueue<LogRecord>();
        using var reading = coordinator.Read(fifth, rest.Enqueue);
        await coordinator.AppendAsync(new ClaimRecord("a", 11), Token);
        await Until.Holds(() => rest.Count == 7, "7 records were read");
        rest.Select(entry => ((ClaimRecord)entry.Record).Epoch).ShouldBe(Enumerable.Range(5, 7).Select(i => (long)i));
        rest.First().Offset.ShouldBe(fifth);
    }

    [Fact]
    public async Task What_is_broadcast_reaches_every_worker_in_order_and_what_is_sent_only_one()
    {
        var coordinator = await CoordinatorAsync("a");
        var (_, first) = await WorkerAsync("w1");
        var (_, second) = await WorkerAsync("w2");
        for (var i = 1; i <= 50; i++)
            coordinator.Broadcast(Records.Order(i));
        coordinator.SendTo("w2", new RefusalMessage(7, "only you"));
        coordinator.Broadcast(Records.Order(51));
        await Until.Holds(() => first.Messages.LastOrDefault() is DirectiveMessage { Directive.Revision: 51 }, "the first worker had the last message");
        await Until.Holds(() => second.Messages.LastOrDefault() is DirectiveMessage { Directive.Revision: 51 }, "the second worker had the last message");
        // A bus may leave out a directive that a newer one has taken the place of.
        var revisions = first.Messages.OfType<DirectiveMessage>().Select(m => m.Directive.Revision).ToArray();
        revisions.ShouldBe(revisions.Distinct().Order());
        first.Messages.ShouldAllBe(message => message is DirectiveMessage);
        second.Messages.OfType<RefusalMessage>().Single().Reason.ShouldBe("only you");
    }

    [Fact]
    public async Task A_worker_may_be_there_first()
    {
        var ear = new WorkerEar();
        var worker = Owned(await Bus.WorkerAsync("w1"));
        worker.Start(ear);
        var coordinator = await CoordinatorAsync("a");
        await Until.Holds(() => worker.IsConnected && ear.Connections == 1, "the worker is connected");
        var read = Follow(coordinator, release: true);
        await worker.AppendAsync(Records.Status("w1", 1), Token);
        await Until.Holds(() => read.Count == 1, "its record was read");
        coordinator.Broadcast(Records.Order(1));
        await Until.Holds(() => !ear.Messages.IsEmpty, "it has a message");
    }

    [Fact]
    public async Task A_worker_that_was_cut_off_comes_back_and_nothing_is_lost_or_counts_twice()
    {
        var coordinator = await CoordinatorAsync("a");
        var read = Follow(coordinator, release: true);
        var (worker, ear) = await WorkerAsync("w1");
        var sender = Task.Run(() => AppendAllAsync(worker, "w1", 200), Token);
        for (var cut = 1; cut <= 3; cut++)
        {
            var before = read.Count;
            await Until.Holds(() => read.Count > before || sender.IsCompleted, "records flow");
            await Bus.CutAsync(worker);
            await Until.Holds(() => !worker.IsConnected && ear.Disconnections >= cut, "the worker noticed");
            await Bus.MendAsync(worker);
            await Until.Holds(() => worker.IsConnected && ear.Connections > cut, "the worker is back");
        }

        await sender;
        await Until.Holds(() => Folded(read).Count == 200, "everything was read");
        Folded(read).ShouldBe(Enumerable.Range(1, 200).Select(i => (long)i));
    }

    [Fact]
    public async Task Presence_tells_who_is_there_and_when_each_was_heard()
    {
        var coordinator = await CoordinatorAsync("a");
        var (worker, _) = await WorkerAsync("w1");
        await Until.Holds(() => coordinator.Presence.Any(p => p is { Worker: "w1", IsConnected: true }), "the worker is present");
        var heard = coordinator.Presence.Single(p => p.Worker == "w1").HeardAt;
        await Until.Holds(() => coordinator.Presence.Single(p => p.Worker == "w1").HeardAt > heard, "it was heard again");
        await worker.DisposeAsync();
        await Until.Holds(() => !coordinator.Presence.Any(p => p is { Worker: "w1", IsConnected: true }), "it is gone");
    }

    [Fact]
    public async Task One_candidate_leads_and_the_next_follows_it()
    {
        var first = await CoordinatorAsync("a");
        var leads = await first.LeadAsync(Token);
        leads.Lost.IsCancellationRequested.ShouldBeFalse();
        Task<ILeadership> next;
        if (Bus.HasStandby)
        {
            var second = await CoordinatorAsync("b");
            next = second.LeadAsync(Token);
            next.IsCompleted.ShouldBeFalse();
            await Bus.KillAsync(first);
        }
        else
        {
            await Bus.KillAsync(first);
            next = (await CoordinatorAsync("b")).LeadAsync(Token);
        }

        (await next).Lost.IsCancellationRequested.ShouldBeFalse();
        await Until.Holds(() => leads.Lost.IsCancellationRequested, "the first knows that it does not lead any more");
    }

    [Fact]
    public async Task Reports_are_complete_whenever_the_coordinator_dies()
    {
        var numbers = new SortedSet<long>();
        var (worker, ear) = (Owned(await Bus.WorkerAsync("w1")), new WorkerEar());
        worker.Start(ear);
        var sender = Task.Run(() => AppendAllAsync(worker, "w1", 300), Token);
        for (var life = 1; life <= 3; life++)
        {
            var coordinator = await Bus.CoordinatorAsync($"c{life}");
            var read = new ConcurrentQueue<LogRecord>();
            // What was folded before it was released is what a journal has kept.
            using (coordinator.Read(0, entry =>
            {
                read.Enqueue(entry);
                lock (numbers)
                    numbers.Add(Records.Number(entry.Record));
                coordinator.Release(entry.Offset);
            }))
            {
                await Until.Holds(() => read.Count >= 50 || sender.IsCompleted, "records flow");
                if (life == 3)
                {
                    await sender;
                    await Until.Holds(() => Told() == 300, "the last record was read");
                }
            }

            await Bus.KillAsync(coordinator);
        }

        numbers.ShouldBe(Enumerable.Range(1, 300).Select(i => (long)i));

        int Told()
        {
            lock (numbers)
                return numbers.Count;
        }
    }

    [Fact]
    public async Task Contents_are_fetched_by_their_hash()
    {
        var coordinator = await CoordinatorAsync("a");
        var bytes = new byte[5 << 20];
        new Random(1).NextBytes(bytes);
        var contents = SharedContents.Of(bytes);
        await coordinator.OfferAsync(contents, Token);
        var workers = await Task.WhenAll(Enumerable.Range(0, 3).Select(w => WorkerAsync($"w{w}")));
        foreach (var (worker, _) in workers)
            (await worker.FetchAsync(contents.Hash, Token)).Bytes.Span.SequenceEqual(bytes).ShouldBeTrue();
        await Should.ThrowAsync<BusException>(() => workers[0].Worker.FetchAsync(new string('0', 64), Token));
    }

    [Fact]
    public async Task The_clock_is_the_coordinators()
    {
        await CoordinatorAsync("a");
        var (worker, _) = await WorkerAsync("w1");
        var before = Bus.ClockNow;
        var told = await worker.AskTimeAsync(Token);
        told.ShouldBeInRange(before, Bus.ClockNow);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var end in Enumerable.Reverse(_ends))
            await end.DisposeAsync();
        await Bus.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected async Task<ICoordinatorBus> CoordinatorAsync(string candidate) => Owned(await Bus.CoordinatorAsync(candidate));

    private protected async Task<(IWorkerBus Worker, WorkerEar Ear)> WorkerAsync(string name)
    {
        var (worker, ear) = (Owned(await Bus.WorkerAsync(name)), new WorkerEar());
        worker.Start(ear);
        await Until.Holds(() => worker.IsConnected && ear.Connections > 0, $"{name} is connected");
        return (worker, ear);
    }

    private protected static ConcurrentQueue<LogRecord> Follow(ICoordinatorBus coordinator, bool release)
    {
        var read = new ConcurrentQueue<LogRecord>();
        coordinator.Read(0, entry =>
        {
            read.Enqueue(entry);
            if (release)
                coordinator.Release(entry.Offset);
        });
        return read;
    }

    /// <summary>What a worker does: what was not confirmed is appended again.</summary>
    private static async Task AppendAllAsync(IWorkerBus worker, string name, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            while (true)
            {
                try
                {
                    await worker.AppendAsync(Records.Status(name, i), Token);
                    break;
                }
                catch (BusException)
                {
                    await Task.Delay(10, Token);
                }
            }
        }
    }

    private static List<long> Folded(IEnumerable<LogRecord> read)
    {
        var fold = new LogFold();
        return [.. read.Select(fold.Apply).OfType<StatusRecord>().Where(status => status.Report is not null).Select(Records.Number)];
    }

    private T Owned<T>(T end)
        where T : IAsyncDisposable
    {
        lock (_ends)
            _ends.Add(end);
        return end;
    }
}
