using Onrush.Runs.Postgres.Outgoing;
using Onrush.Runs.Store;
using Onrush.Testing.Targets.Postgres;

namespace Onrush.Runs.Postgres.Tests.Outgoing;

/// <summary>Nothing of a run is lost, nor there twice, whatever happens to the server and its connections.</summary>
public sealed class OutgoingJournalTests(ServerFixture server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _told = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_is_killed_or_restarted_in_the_middle_costs_nothing(bool kill)
    {
        await using var own = await StartOwnAsync();
        using var store = Open(PostgresUrl.Parse(own.Url()));
        var run = store.Create("a");
        var bytes = PostgresRunStoreTests.Bytes(3000, seed: 1);
        run.Journal.Append(bytes.AsSpan(0, 1000));
        await Waiting.UntilAsync(() => store.List()[0].Bytes == 1000, "the first bytes");

        await (kill ? own.KillAsync() : own.StopAsync());
        run.Journal.Append(bytes.AsSpan(1000, 1000));
        await Waiting.UntilAsync(() => Told.Any(text => text.StartsWith("The store cannot be reached: ", StringComparison.Ordinal)), "a word about the outage");
        await own.StartAgainAsync();
        run.Journal.Append(bytes.AsSpan(2000, 1000));
        run.Journal.Dispose();
        run.Lock.Dispose();

        run.Missing().ShouldBeNull();
        PostgresRunStoreTests.Read(store, run.Run).ShouldBe(bytes);
        Told.Count(text => text.StartsWith("The store cannot be reached", StringComparison.Ordinal)).ShouldBe(1, string.Join('\n', Told));
        Directory.EnumerateFileSystemEntries(_folder["outgoing"]).ShouldBeEmpty();
    }

    [Fact]
    public void What_a_killed_process_left_here_is_sent_by_the_next()
    {
        var url = server.NewDatabase();
        var bytes = PostgresRunStoreTests.Bytes(2_300_000, seed: 2);
        var (run, rows) = Begin(url);
        run.Journal.Append(bytes);
        rows.TryAppend(run.Run.Id, 1, 0, bytes[..1000]).ShouldBeTrue();
        using (Open(url))
            Told.ShouldBeEmpty("a run that somebody writes is left alone");
        // The end of a process closes the file and frees the lock, and does nothing else.
        run.Journal.Dispose();
        run.Lock.Dispose();

        using var after = Open(url);
        Told.ShouldHaveSingleItem().ShouldStartWith($"Run {run.Run.Id}, which waited here, was sent to postgres://127.0.0.1:");
        PostgresRunStoreTests.Read(after, run.Run).ShouldBe(bytes);
        after.List().ShouldHaveSingleItem().IsRunning.ShouldBeFalse();
        Directory.EnumerateFileSystemEntries(_folder["outgoing"]).ShouldBeEmpty();
    }

    [Fact]
    public void A_run_for_another_store_waits_for_that()
    {
        var (one, other) = (server.NewDatabase(), server.NewDatabase());
        var local = new OutgoingFolders(_folder["outgoing"], other.Shown, TimeProvider.System).Create("a", new OutgoingNote(other.Shown, 1, 0));
        local.Journal.Dispose();
        local.Lock.Dispose();
        using (Open(one))
            Told.ShouldBeEmpty();
        Directory.EnumerateDirectories(_folder["outgoing"]).ShouldHaveSingleItem();
        // There it was never begun: its process ended before it could.
        using (Open(other))
            Told.ShouldHaveSingleItem().ShouldContain("was deleted there");
    }

    [Fact]
    public async Task Connections_that_break_at_any_moment_neither_lose_nor_double_a_byte()
    {
        var url = server.NewDatabase();
        var bytes = PostgresRunStoreTests.Bytes(4_000_000, seed: 4);
        var (run, rows) = Begin(url);
        var sender = new JournalSender(
            rows, run.Run.Id, Path.Combine(run.Run.Place, RunFolders.JournalName), new OutgoingNote(url.Shown, 1, 0), TimeProvider.System);
        using var administrator = new Database(url);
        using var over = new CancellationTokenSource();
        var breaking = Task.Run(async () =>
        {
            for (; !over.IsCancellationRequested; await Task.Delay(1))
                administrator.Execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and backend_type = 'client backend'
                    """);
        });

        var (failures, random) = (0, new Random(5));
        for (var from = 0; from < bytes.Length;)
        {
            var count = Math.Min(random.Next(1, 40_000), bytes.Length - from);
            run.Journal.Append(bytes.AsSpan(from, count));
            from += count;
            failures += Try(() => sender.Send(complete: false)) ? 0 : 1;
        }

        await over.CancelAsync();
        await breaking;
        sender.Send(complete: true);
        run.Journal.Dispose();
        run.Lock.Dispose();
        failures.ShouldBeGreaterThan(0, "nothing broke, so nothing was shown");
        using var store = Open(url);
        PostgresRunStoreTests.Read(store, run.Run).ShouldBe(bytes);
        store.List().ShouldHaveSingleItem().IsRunning.ShouldBeFalse();
    }

    private static bool Try(Action send)
    {
        try
        {
            send();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // A run as it is on its way, without the thread that sends it.
    private (NewRun Run, JournalRows Rows) Begin(PostgresUrl url)
    {
        using (Open(url))
        {
        }

        var database = new Database(url);
        var run = new OutgoingFolders(_folder["outgoing"], url.Shown, TimeProvider.System).Create("a", new OutgoingNote(url.Shown, 1, 0));
        database.Execute("insert into onrush.run (id, name, created) values (@id, 'a', now())", ("id", run.Run.Id));
        return (run, new JournalRows(database));
    }

    private static async Task<PostgresServer> StartOwnAsync()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        return await PostgresServer.StartAsync();
    }

    private IReadOnlyList<string> Told
    {
        get
        {
            lock (_told)
                return [.. _told];
        }
    }

    private PostgresRunStore Open(PostgresUrl url) => PostgresRunStore.Open(url, _folder["outgoing"], TimeProvider.System, text =>
    {
        lock (_told)
            _told.Add(text);
    });
}
