namespace Onrush.Runs.Postgres;

/// <summary>How far the journal of a run is in the database.</summary>
/// <param name="Bytes">Length in bytes.</param>
/// <param name="Epoch">The highest epoch that wrote to it.</param>
internal readonly record struct JournalEnd(long Bytes, long Epoch);

/// <summary>
/// The journals in the database: chunks of bytes, each at its position. A chunk is whole frames only at the end of a writer; a reader sees a stream
/// of bytes. Each writer of a run has an epoch of its own, and one with a higher epoch shuts out those before it for good.
/// </summary>
internal sealed class JournalRows(Database database)
{
    /// <summary>How much one chunk has at most, in bytes.</summary>
    public const int MostBytes = 1 << 20;

    private const int RowsAtATime = 16;

    /// <summary>How far the journal of a run is; null when there is no such run.</summary>
    public JournalEnd? End(string run) => database.Query(
        "select bytes, epoch from onrush.run where id = @run", row => (JournalEnd?)new JournalEnd(row.GetInt64(0), row.GetInt64(1)), ("run", run))
        .SingleOrDefault();

    /// <summary>
    /// Appends a chunk if the journal ends at its position and nobody with a higher epoch has written. One statement, so all of it or nothing happens; after a
    /// connection that broke meanwhile, <see cref="End"/> tells which.
    /// </summary>
    /// <returns>False when it was not appended.</returns>
    public bool TryAppend(string run, long epoch, long position, byte[] bytes) => database.Execute(
        """
        with led as (
          update onrush.run set bytes = bytes + @length, epoch = @epoch, seen = now()
          where id = @run and epoch <= @epoch and bytes = @position
          returning id)
        insert into onrush.journal (run, position, epoch, bytes) select id, @position, @epoch, @bytes from led
        """,
        ("run", run), ("epoch", epoch), ("position", position), ("length", (long)bytes.Length), ("bytes", bytes)) == 1;

    /// <summary>Says that the writer lives although it has nothing to write.</summary>
    public void Touch(string run, long epoch) =>
        database.Execute("update onrush.run set seen = now() where id = @run and epoch <= @epoch", ("run", run), ("epoch", epoch));

    /// <summary>Says that nothing follows.</summary>
    public void Close(string run, long epoch) =>
        database.Execute("update onrush.run set closed = now() where id = @run and epoch <= @epoch", ("run", run), ("epoch", epoch));

    /// <summary>Makes its caller the only one that may go on with a journal; null when there is no such run.</summary>
    public JournalEnd? TakeOver(string run) => database.Query(
        "update onrush.run set epoch = epoch + 1, closed = null, seen = now() where id = @run returning bytes, epoch",
        row => (JournalEnd?)new JournalEnd(row.GetInt64(0), row.GetInt64(1)), ("run", run)).SingleOrDefault();

    /// <summary>Some chunks, from the one in which a position lies.</summary>
    public IReadOnlyList<(long Position, byte[] Bytes)> Read(string run, long position) => database.Query(
        $"""
        select position, bytes from onrush.journal
        where run = @run and position >= coalesce((select max(position) from onrush.journal where run = @run and position <= @position), 0)
        order by position limit {RowsAtATime}
        """,
        row => (row.GetInt64(0), (byte[])row[1]), ("run", run), ("position", position));
}
