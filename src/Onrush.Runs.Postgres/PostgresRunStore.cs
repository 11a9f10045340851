using Onrush.Runs.Postgres.Outgoing;
using Onrush.Runs.Postgres.Schema;
using Onrush.Runs.Store;

namespace Onrush.Runs.Postgres;

/// <summary>
/// Runs in a PostgreSQL database that a team shares. The tables are made and brought up to date by whoever comes first. A run that is written goes
/// through a folder here, so that a server that is away costs nothing.
/// </summary>
internal sealed class PostgresRunStore : IRunStore, IDisposable
{
    // A writer gives a sign of life every ten seconds at least.
    private const string IsRunning = "closed is null and seen > now() - interval '40 seconds'";

    // Whoever cannot be heard may be cut off, and may come back with what it has kept.
    private const string MayGo = "(closed is not null or seen < now() - interval '1 day')";
    private const string Columns = $"id, name, created, bytes, {IsRunning}";
    private const string BaselineName = "baseline";
    private const int Attempts = 10;

    private readonly Database _database;
    private readonly JournalRows _rows;
    private readonly OutgoingFolders _outgoing;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;

    private PostgresRunStore(Database database, string outgoing, TimeProvider time, Action<string> warn)
    {
        (_database, _rows, _time, _warn) = (database, new JournalRows(database), time, warn);
        _outgoing = new OutgoingFolders(outgoing, database.Place, time);
    }

    /// <summary>Opens a store, and sends it what waits here.</summary>
    /// <param name="url">Where it is.</param>
    /// <param name="outgoing">Folder for runs on their way; made when there is one.</param>
    /// <param name="time">Clock that the runs are named by.</param>
    /// <param name="warn">Takes sentences about the connection; called by any thread.</param>
    /// <exception cref="IOException">The server cannot be reached or refuses, or its tables are newer.</exception>
    public static PostgresRunStore Open(PostgresUrl url, string outgoing, TimeProvider time, Action<string> warn)
    {
        var database = new Database(url);
        try
        {
            Migrator.Apply(database);
            var store = new PostgresRunStore(database, outgoing, time, warn);
            store._outgoing.SendLeft(store._rows, warn);
            return store;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string? Baseline => _database.Query(
        "select value from onrush.setting where name = @name", row => row.GetString(0), ("name", BaselineName)).SingleOrDefault();

    /// <inheritdoc/>
    public NewRun Create(string name)
    {
        const long first = 1;
        for (var attempt = 1; ; attempt++)
        {
            var local = _outgoing.Create(name, new OutgoingNote(_database.Place, first, 0));
            try
            {
                if (Insert(local.Run) || attempt == Attempts)
                    return Outgoing(local, new OutgoingNote(_database.Place, first, 0));
                // Somebody's run has this id.
                Discard(local);
            }
            catch
            {
                Discard(local);
                throw;
            }
        }
    }

    /// <summary>Makes this process the only one that may go on with a run; whoever wrote to it before is refused from now on.</summary>
    /// <exception cref="IOException">There is no such run any more, or no place for it here.</exception>
    public NewRun Continue(StoredRun run)
    {
        var end = _rows.TakeOver(run.Id) ?? throw new IOException($"{_database.Place}: there is no run {run.Id} any more");
        var note = new OutgoingNote(_database.Place, end.Epoch, end.Bytes);
        return Outgoing(_outgoing.Continue(run, note), note);
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredRun> List() => _database.Query(
        $"select {Columns} from onrush.run order by created desc, number desc",
        row => Run(new RunName(row.GetFieldValue<DateTimeOffset>(2), row.GetString(1), row.GetString(0)), row.GetInt64(3), row.GetBoolean(4)));

    /// <inheritdoc/>
    public Stream Open(StoredRun run) =>
        new JournalStream(_rows, run.Id, (_rows.End(run.Id) ?? throw new IOException($"{_database.Place}: there is no run {run.Id} any more")).Bytes);

    /// <inheritdoc/>
    public void SetBaseline(StoredRun run) => _database.Execute(
        "insert into onrush.setting (name, value) values (@name, @value) on conflict (name) do update set value = @value",
        ("name", BaselineName), ("value", run.Id));

    /// <inheritdoc/>
    public bool Delete(StoredRun run) => _database.Execute($"delete from onrush.run where id = @run and {MayGo}", ("run", run.Id)) == 1;

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private bool Insert(StoredRun run) => _database.Execute(
        "insert into onrush.run (id, name, created) values (@id, @name, @created) on conflict do nothing",
        ("id", run.Id), ("name", run.Name), ("created", run.Created.ToUniversalTime())) == 1;

    private NewRun Outgoing(NewRun local, OutgoingNote note)
    {
        var path = Path.Combine(local.Run.Place, RunFolders.JournalName);
        var journal = new OutgoingJournal(local.Journal, new JournalSender(_rows, local.Run.Id, path, note, _time), _time, _warn);
        var outgoing = new OutgoingRun(local, journal, _database.Place);
        return new NewRun(Run(new RunName(local.Run.Created, local.Run.Name, local.Run.Id), note.From, isRunning: true), journal, outgoing)
        {
            Open = local.Open,
            Missing = () => outgoing.Missing,
        };
    }

    private static void Discard(NewRun local)
    {
        local.Journal.Dispose();
        local.Lock.Dispose();
        OutgoingFolders.Remove(local.Run.Place);
    }

    private StoredRun Run(RunName name, long bytes, bool isRunning) => new(name.Id, name.Name, name.Created, $"{_database.Place}/{name}", bytes, isRunning);
}
