using Onrush.Runs.Store;

namespace Onrush.Runs.Postgres.Tests;

/// <summary>What holds of every store, and what is special to one that several write to at once.</summary>
public sealed class PostgresRunStoreTests(ServerFixture server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _told = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_is_kept_with_every_byte_and_nothing_stays_here()
    {
        using var store = Open(server.NewDatabase());
        store.List().ShouldBeEmpty();
        var bytes = Bytes(3_500_000, seed: 1);
        var run = Keep(store, "shop/coupon.cs", bytes);

        var listed = store.List().ShouldHaveSingleItem();
        listed.ShouldBe(run with { Bytes = bytes.Length, IsRunning = false });
        listed.Name.ShouldBe("coupon");
        listed.Place.ShouldMatch($@"^postgres://127\.0\.0\.1:\d+/test\d+/\d{{8}}T\d{{6}}Z-coupon-{run.Id}$");
        Read(store, listed).ShouldBe(bytes);
        Directory.EnumerateFileSystemEntries(_folder["outgoing"]).ShouldBeEmpty();
    }

    [Fact]
    public void A_journal_is_read_from_any_position()
    {
        using var store = Open(server.NewDatabase());
        var bytes = Bytes(2_500_000, seed: 2);
        using var journal = store.Open(Keep(store, "a", bytes));
        journal.Length.ShouldBe(bytes.Length);
        var random = new Random(3);
        for (var i = 0; i < 50; i++)
        {
            var from = random.Next(bytes.Length);
            var part = new byte[Math.Min(random.Next(1, 200_000), bytes.Length - from)];
            journal.Position = from;
            journal.ReadExactly(part);
            part.ShouldBe(bytes[from..(from + part.Length)]);
        }

        journal.Position = bytes.Length;
        journal.ReadByte().ShouldBe(-1);
    }

    [Fact]
    public void A_run_that_goes_on_is_read_up_to_now_and_never_deleted()
    {
        using var store = Open(server.NewDatabase());
        var kept = store.Create("a");
        store.List().ShouldHaveSingleItem().IsRunning.ShouldBeTrue();
        store.Delete(kept.Run).ShouldBeFalse();
        kept.Journal.Dispose();
        kept.Lock.Dispose();
        store.List().ShouldHaveSingleItem().IsRunning.ShouldBeFalse();
        store.Delete(kept.Run).ShouldBeTrue();
        store.List().ShouldBeEmpty();
        Should.Throw<IOException>(() => store.Open(kept.Run)).Message.ShouldContain($"there is no run {kept.Run.Id} any more");
    }

    [Fact]
    public void Runs_are_listed_newest_first_and_old_ones_go_but_the_baseline()
    {
        using var store = Open(server.NewDatabase());
        List<string> ids = [.. Enumerable.Range(0, 5).Select(_ => Keep(store, "a", [1]).Id).Reverse()];
        store.List().Select(run => run.Id).ShouldBe(ids);
        store.Baseline.ShouldBeNull();
        store.SetBaseline(store.List()[1]);
        store.SetBaseline(store.List()[4]);
        store.Baseline.ShouldBe(ids[4]);
        RunRetention.Apply(store, 2).ShouldBe(2);
        store.List().Select(run => run.Id).ShouldBe([ids[0], ids[1], ids[4]]);
    }

    [Fact]
    public async Task Several_write_at_once_and_each_run_is_whole()
    {
        var url = server.NewDatabase();
        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() =>
        {
            using var store = PostgresRunStore.Open(url, _folder[$"outgoing{number}"], TimeProvider.System, _ => { });
            return Keep(store, $"load-{number}", Bytes(400_000, number));
        })));
        using var reader = Open(url);
        reader.List().Count.ShouldBe(runs.Length);
        for (var number = 0; number < runs.Length; number++)
            Read(reader, runs[number]).ShouldBe(Bytes(400_000, number));
    }

    [Fact]
    public async Task Whoever_takes_a_run_over_shuts_the_others_out()
    {
        var url = server.NewDatabase();
        using var before = Open(url);
        var old = before.Create("a");
        old.Journal.Append(Bytes(1000, seed: 5));
        await Waiting.UntilAsync(() => before.List()[0].Bytes == 1000, "the first bytes");

        using var after = PostgresRunStore.Open(url, _folder["elsewhere"], TimeProvider.System, _ => { });
        var next = after.Continue(after.List()[0]);
        next.Run.Bytes.ShouldBe(1000);
        old.Journal.Append(Bytes(1000, seed: 6));
        next.Journal.Append(Bytes(1000, seed: 7));
        Close(old);
        Close(next);

        old.Missing().ShouldNotBeNull().ShouldContain("another process has taken the run over; it is in ");
        next.Missing().ShouldBeNull();
        Read(after, next.Run).ShouldBe([.. Bytes(1000, seed: 5), .. Bytes(1000, seed: 7)]);
        // Told once, and what was shut out stays for a person to look at.
        _told.ShouldHaveSingleItem().ShouldContain("does not take the rest of this run");
        File.ReadAllBytes(Directory.GetFiles(_folder["outgoing"], "journal", SearchOption.AllDirectories).ShouldHaveSingleItem()).Length.ShouldBe(2000);
        using (Open(url))
            _told.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_is_deleted_while_it_is_written_stays_here()
    {
        var url = server.NewDatabase();
        using var store = Open(url);
        var kept = store.Create("a");
        kept.Journal.Append(Bytes(1000, seed: 5));
        await Waiting.UntilAsync(() => store.List()[0].Bytes == 1000, "the first bytes");
        using (var administrator = new Database(url))
            administrator.Execute("delete from onrush.run");
        kept.Journal.Append(Bytes(1000, seed: 6));
        Close(kept);

        kept.Missing().ShouldNotBeNull().ShouldContain("the run was deleted there");
        File.ReadAllBytes(Directory.GetFiles(_folder["outgoing"], "journal", SearchOption.AllDirectories).ShouldHaveSingleItem())
            .ShouldBe([.. Bytes(1000, seed: 5), .. Bytes(1000, seed: 6)]);
    }

    [Fact]
    public void A_wrong_password_is_told_and_not_shown()
    {
        var builder = new Npgsql.NpgsqlConnectionStringBuilder(server.NewDatabase().Connection);
        var message = Should.Throw<IOException>(() => PostgresRunStore.Open(
            PostgresUrl.Parse($"postgres://onrush:secretive@127.0.0.1:{builder.Port}/{builder.Database}"), _folder["outgoing"], TimeProvider.System, _ => { })).Message;
        message.ShouldContain("password authentication failed");
        message.ShouldNotContain("secretive");
    }

    internal static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    internal static byte[] Read(PostgresRunStore store, StoredRun run)
    {
        using var journal = store.Open(run);
        var bytes = new byte[journal.Length];
        journal.ReadExactly(bytes);
        return bytes;
    }

    private static StoredRun Keep(PostgresRunStore store, string name, byte[] bytes)
    {
        var kept = store.Create(name);
        for (var from = 0; from < bytes.Length; from += 60_000)
            kept.Journal.Append(bytes.AsSpan(from, Math.Min(60_000, bytes.Length - from)));
        Close(kept);
        kept.Missing().ShouldBeNull();
        return kept.Run;
    }

    private static void Close(NewRun run)
    {
        run.Journal.Dispose();
        run.Lock.Dispose();
    }

    private PostgresRunStore Open(PostgresUrl url) => PostgresRunStore.Open(url, _folder["outgoing"], TimeProvider.System, text =>
    {
        lock (_told)
            _told.Add(text);
    });
}
