using Npgsql;

namespace Onrush.Runs.Postgres.Schema;

/// <summary>Brings the tables to the version of this program. Several programs may do so at once: an advisory lock lets them in one after the other.</summary>
internal static class Migrator
{
    // "onrush" in ASCII. Other programs in the database have other keys.
    private const long LockKey = 0x6F_6E72_7573_68;

    /// <summary>Version of the tables that this program knows.</summary>
    public static int Newest => Migrations.All.Count;

    /// <summary>Makes the tables, or brings them up to date; touches nothing when they are.</summary>
    /// <exception cref="IOException">The server cannot be reached, refuses, or has the tables of a newer program.</exception>
    public static void Apply(Database database) => Apply(database, Migrations.All);

    /// <inheritdoc cref="Apply(Database)"/>
    /// <param name="database">Where.</param>
    /// <param name="steps">The steps.</param>
    internal static void Apply(Database database, IReadOnlyList<string> steps)
    {
        // Looked at without the lock first: most starts change nothing, and a reader may have no right to.
        if (database.Do(VersionOf) is var version && version < steps.Count)
            version = database.Do(connection => Step(connection, steps));
        if (version > steps.Count)
            throw new IOException($"{database.Place}: the tables were made by a newer onrush (version {version}, this one knows {steps.Count}): use that one here");
    }

    private static int Step(NpgsqlConnection connection, IReadOnlyList<string> steps)
    {
        using var transaction = connection.BeginTransaction();
        Execute($"select pg_advisory_xact_lock({LockKey})", connection);
        Execute("create schema if not exists onrush", connection);
        Execute("create table if not exists onrush.migration (version integer primary key, applied timestamptz not null default now())", connection);
        var version = VersionOf(connection);
        for (; version < steps.Count; version++)
        {
            Execute(steps[version], connection);
            Execute($"insert into onrush.migration (version) values ({version + 1})", connection);
        }

        transaction.Commit();
        return version;
    }

    private static int VersionOf(NpgsqlConnection connection)
    {
        using var exists = new NpgsqlCommand("select to_regclass('onrush.migration') is not null", connection);
        if (exists.ExecuteScalar() is not true)
            return 0;
        using var newest = new NpgsqlCommand("select coalesce(max(version), 0) from onrush.migration", connection);
        return (int)newest.ExecuteScalar()!;
    }

    private static void Execute(string sql, NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
