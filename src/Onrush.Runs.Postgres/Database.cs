using Npgsql;

namespace Onrush.Runs.Postgres;

/// <summary>
/// One database: opens connections, and turns what goes wrong into an <see cref="IOException"/> of one line that says where. Any thread may call it.
/// </summary>
internal sealed class Database(PostgresUrl url) : IDisposable
{
    private readonly NpgsqlDataSource _source = new NpgsqlDataSourceBuilder(url.Connection).Build();

    /// <summary>Where it is, for people.</summary>
    public string Place => url.Shown;

    /// <summary>Does something on a connection.</summary>
    /// <exception cref="IOException">The server cannot be reached, or refuses.</exception>
    public T Do<T>(Func<NpgsqlConnection, T> work)
    {
        try
        {
            using var connection = _source.OpenConnection();
            return work(connection);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or OperationCanceledException)
        {
            throw new IOException($"{Place}: {Message(exception)}", exception);
        }
    }

    /// <summary>Performs a statement; returns the number of rows that it touched.</summary>
    /// <exception cref="IOException">The server cannot be reached, or refuses.</exception>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var given = parameters.ToArray();
        return Do(connection =>
        {
            using var command = Command(connection, sql, given);
            return command.ExecuteNonQuery();
        });
    }

    /// <summary>Asks for rows.</summary>
    /// <exception cref="IOException">The server cannot be reached, or refuses.</exception>
    public IReadOnlyList<T> Query<T>(string sql, Func<NpgsqlDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var given = parameters.ToArray();
        return Do(connection =>
        {
            using var command = Command(connection, sql, given);
            using var reader = command.ExecuteReader();
            List<T> rows = [];
            while (reader.Read())
                rows.Add(read(reader));
            return rows;
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, (string Name, object Value)[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    // The reason of a failed connection is in the exception inside.
    private static string Message(Exception exception) => exception switch
    {
        PostgresException refused => refused.MessageText,
        NpgsqlException { InnerException: { } inner and not EndOfStreamException } => inner.Message,
        NpgsqlException { InnerException: EndOfStreamException } => "the server closed the connection",
        _ => exception.Message,
    };
}
