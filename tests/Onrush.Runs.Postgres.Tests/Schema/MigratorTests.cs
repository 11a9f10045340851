using Onrush.Runs.Postgres.Schema;

namespace Onrush.Runs.Postgres.Tests.Schema;

public sealed class MigratorTests(ServerFixture server)
{
    private const string First = "create table onrush.first (a integer)";
    private const string Second = "alter table onrush.first add column b integer";

    [Fact]
    public async Task Those_who_come_at_once_make_the_tables_once()
    {
        var url = server.NewDatabase();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            using var database = new Database(url);
            Migrator.Apply(database, [First, Second]);
        })));
        using var after = new Database(url);
        Versions(after).ShouldBe([1, 2]);
        after.Execute("insert into onrush.first (a, b) values (1, 2)").ShouldBe(1);
    }

    [Fact]
    public void Older_tables_are_brought_up_to_date()
    {
        using var database = new Database(server.NewDatabase());
        Migrator.Apply(database, [First]);
        database.Execute("insert into onrush.first (a) values (7)");
        Migrator.Apply(database, [First, Second]);
        Versions(database).ShouldBe([1, 2]);
        database.Query("select a from onrush.first", row => row.GetInt32(0)).ShouldBe([7]);
    }

    [Fact]
    public void A_step_that_fails_leaves_everything_as_it_was()
    {
        using var database = new Database(server.NewDatabase());
        Migrator.Apply(database, [First]);
        Should.Throw<IOException>(() => Migrator.Apply(database, [First, "create table onrush.half (a integer); alter table onrush.nothing add column b integer"]))
            .Message.ShouldContain("onrush.nothing");
        Versions(database).ShouldBe([1]);
        database.Query("select to_regclass('onrush.half') is null", row => row.GetBoolean(0)).ShouldBe([true]);
    }

    [Fact]
    public void Tables_of_a_newer_program_are_left_alone()
    {
        using var database = new Database(server.NewDatabase());
        Migrator.Apply(database, [First, Second]);
        Should.Throw<IOException>(() => Migrator.Apply(database, [First])).Message.ShouldContain("made by a newer onrush (version 2, this one knows 1)");
    }

    [Fact]
    public void Who_may_only_read_can_use_tables_that_are_there()
    {
        var url = server.NewDatabase();
        using var database = new Database(url);
        Migrator.Apply(database);
        var reader = $"reader_{Guid.NewGuid():N}";
        database.Execute(
            $"create role {reader} login password 'reading'; grant usage on schema onrush to {reader}; grant select on all tables in schema onrush to {reader}");
        var builder = new Npgsql.NpgsqlConnectionStringBuilder(url.Connection);
        using var folder = new TemporaryFolder();
        using var store = PostgresRunStore.Open(
            PostgresUrl.Parse($"postgres://{reader}:reading@127.0.0.1:{builder.Port}/{builder.Database}"), folder["outgoing"], TimeProvider.System, _ => { });
        store.List().ShouldBeEmpty();
        Should.Throw<IOException>(() => store.Create("a")).Message.ShouldContain("permission denied");
        Directory.EnumerateFileSystemEntries(folder["outgoing"]).ShouldBeEmpty();
    }

    private static IReadOnlyList<int> Versions(Database database) => database.Query("select version from onrush.migration order by 1", row => row.GetInt32(0));
}
