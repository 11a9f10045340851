using System.Data;
using CouponService.Coupons;
using Npgsql;

namespace CouponService.Stores.Postgres;

/// <summary>Two tables and two functions. A call is one statement, so one transaction and one trip.</summary>
internal sealed class PostgresStore : ICouponStore
{
    // The key refuses a second coupon before the row of the event is touched, which all calls want: so that lock is held as briefly as can be.
    // What was inserted for nothing is taken back in the same transaction.
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS coupons (id bigint PRIMARY KEY, quantity bigint NOT NULL, issued bigint NOT NULL DEFAULT 0);
        CREATE TABLE IF NOT EXISTS issues (coupon bigint NOT NULL, owner bigint NOT NULL);
        CREATE OR REPLACE FUNCTION issue_coupon(event bigint, customer bigint) RETURNS bigint LANGUAGE plpgsql AS $$
        DECLARE number bigint;
        BEGIN
          INSERT INTO issues VALUES (event, customer) ON CONFLICT DO NOTHING;
          IF NOT FOUND THEN RETURN -1; END IF;
          UPDATE coupons SET issued = issued + 1 WHERE id = event AND issued < quantity RETURNING issued INTO number;
          IF FOUND THEN RETURN number; END IF;
          DELETE FROM issues WHERE coupon = event AND owner = customer;
          PERFORM 1 FROM coupons WHERE id = event;
          IF FOUND THEN RETURN -2; END IF;
          RETURN -3;
        END $$;
        CREATE OR REPLACE FUNCTION append_coupon(event bigint, customer bigint) RETURNS bigint LANGUAGE plpgsql AS $$
        DECLARE number bigint;
        BEGIN
          UPDATE coupons SET issued = issued + 1 WHERE id = event RETURNING issued INTO number;
          IF NOT FOUND THEN RETURN -3; END IF;
          INSERT INTO issues VALUES (event, customer);
          RETURN number;
        END $$;
        """;

    private const string Key = "CREATE UNIQUE INDEX IF NOT EXISTS one_for_each ON issues (coupon, owner)";
    private const string NoKey = "DROP INDEX IF EXISTS one_for_each; CREATE INDEX IF NOT EXISTS issues_of ON issues (coupon, owner)";

    private readonly NpgsqlDataSource _source;

    private PostgresStore(NpgsqlDataSource source) => _source = source;

    /// <summary>Connects and makes the tables.</summary>
    /// <param name="connection">Connection string.</param>
    /// <param name="pool">Largest number of connections; 0 leaves it to the connection string.</param>
    public static async Task<PostgresStore> OpenAsync(string connection, int pool)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 20 };
        if (pool > 0)
            builder.MaxPoolSize = pool;
        var store = new PostgresStore(NpgsqlDataSource.Create(builder));
        await store.RunAsync(Schema);
        return store;
    }

    public async Task CreateAsync(long coupon, long quantity, IssueMode mode)
    {
        // A key cannot be made over what the mode naive left; the reset that follows such a run empties the table first.
        await RunAsync(mode == IssueMode.Naive ? NoKey : Key);
        await RunAsync("INSERT INTO coupons VALUES ($1, $2) ON CONFLICT DO NOTHING", coupon, quantity);
    }

    public async Task ResetAsync(long coupon, long quantity, IssueMode mode)
    {
        await RunAsync("DELETE FROM issues WHERE coupon = $1", coupon);
        await RunAsync("INSERT INTO coupons VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET quantity = $2, issued = 0", coupon, quantity);
        await RunAsync(mode == IssueMode.Naive ? NoKey : Key);
    }

    public async ValueTask<Issue> IssueAsync(long coupon, long user) => Read(await NumberAsync("SELECT issue_coupon($1, $2)", coupon, user));

    public async ValueTask<Issue> AppendAsync(long coupon, long user) => Read(await NumberAsync("SELECT append_coupon($1, $2)", coupon, user));

    public async ValueTask<IssueResult> LookAsync(long coupon, long user) => Read(await NumberAsync(
        """
        SELECT coalesce((SELECT CASE WHEN EXISTS (SELECT 1 FROM issues WHERE coupon = $1 AND owner = $2) THEN -1
          WHEN issued >= quantity THEN -2 ELSE 1 END FROM coupons WHERE id = $1), -3)::bigint
        """, coupon, user)).Result;

    public async ValueTask<Coupon?> FindAsync(long coupon) =>
        await RowAsync("SELECT quantity, issued FROM coupons WHERE id = $1", coupon) is [var quantity, var issued] ? new Coupon(coupon, quantity, issued) : null;

    public async ValueTask<long> CountAsync(long coupon, long user) => await NumberAsync("SELECT count(*) FROM issues WHERE coupon = $1 AND owner = $2", coupon, user);

    public async ValueTask<StoreAudit?> AuditAsync(long coupon) =>
        await RowAsync("SELECT quantity, (SELECT count(*) FROM issues WHERE coupon = $1), (SELECT count(DISTINCT owner) FROM issues WHERE coupon = $1) FROM coupons WHERE id = $1", coupon)
            is [var quantity, var issued, var users] ? new StoreAudit(quantity, issued, users) : null;

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static Issue Read(long number) => number switch
    {
        -1 => new Issue(IssueResult.AlreadyIssued),
        -2 => new Issue(IssueResult.SoldOut),
        -3 => new Issue(IssueResult.Unknown),
        _ => new Issue(IssueResult.Issued, number),
    };

    private async Task RunAsync(string sql, params long[] numbers)
    {
        await using var command = Command(sql, numbers);
        await command.ExecuteNonQueryAsync();
    }

    private async ValueTask<long> NumberAsync(string sql, params long[] numbers)
    {
        await using var command = Command(sql, numbers);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async ValueTask<long[]> RowAsync(string sql, params long[] numbers)
    {
        await using var command = Command(sql, numbers);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow);
        return await reader.ReadAsync() ? [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetInt64)] : [];
    }

    private NpgsqlCommand Command(string sql, long[] numbers)
    {
        var command = _source.CreateCommand(sql);
        foreach (var number in numbers)
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
        return command;
    }
}
