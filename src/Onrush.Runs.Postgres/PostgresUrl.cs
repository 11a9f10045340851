using Npgsql;

namespace Onrush.Runs.Postgres;

/// <summary>
/// Where a store is: <c>postgres://user:password@host:port/database?sslmode=require</c>, as psql takes it. What is left out is taken from PGPASSWORD,
/// PGUSER and the file ~/.pgpass, or is what psql would take.
/// </summary>
internal sealed record PostgresUrl
{
    private const int ConnectSeconds = 10;

    // A statement is one chunk of a journal or one page of it.
    private const int CommandSeconds = 20;

    private PostgresUrl(string connection, string shown) => (Connection, Shown) = (connection, shown);

    /// <summary>What Npgsql connects with, password included.</summary>
    public string Connection { get; }

    /// <summary>What people may see: host, port and database.</summary>
    public string Shown { get; }

    /// <summary>Whether a text names a PostgreSQL database.</summary>
    public static bool IsOne(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a URL.</summary>
    /// <exception cref="FormatException">It is none; the message says why and never repeats the password.</exception>
    public static PostgresUrl Parse(string text)
    {
        if (!IsOne(text))
            throw new FormatException("a store is named as postgres://user@host:5432/database");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            throw new FormatException("that is no URL such as postgres://user@host:5432/database; characters like @ and / in a password are written %40 and %2F");
        var connection = new NpgsqlConnectionStringBuilder
        {
            ApplicationName = "onrush", Timeout = ConnectSeconds, CommandTimeout = CommandSeconds, KeepAlive = ConnectSeconds,
            // A process has a writer and now and then a reader.
            MaxPoolSize = 4,
        };
        if (url.Host.Length > 0)
            connection.Host = url.Host.Trim('[', ']');
        if (!url.IsDefaultPort && url.Port > 0)
            connection.Port = url.Port;
        if (url.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var password])
        {
            connection.Username = Uri.UnescapeDataString(user);
            if (password is [{ Length: > 0 } secret])
                connection.Password = Uri.UnescapeDataString(secret);
        }

        if (Uri.UnescapeDataString(url.AbsolutePath.Trim('/')) is { Length: > 0 } database)
            connection.Database = database;
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            Apply(pair.Split('=', 2) is [var name, var value] ? (name, Uri.UnescapeDataString(value)) : (pair, ""), connection);
        if (string.IsNullOrEmpty(connection.Host))
            throw new FormatException("the host is missing: postgres://user@host:5432/database");
        var host = connection.Host.Contains(':', StringComparison.Ordinal) ? $"[{connection.Host}]" : connection.Host;
        return new PostgresUrl(connection.ConnectionString, $"postgres://{host}:{connection.Port}/{connection.Database ?? connection.Username}");
    }

    private static void Apply((string Name, string Value) option, NpgsqlConnectionStringBuilder connection)
    {
        switch (option.Name)
        {
            case "host":
                connection.Host = option.Value;
                break;
            case "sslmode":
                connection.SslMode = option.Value.ToLowerInvariant() switch
                {
                    "disable" => SslMode.Disable,
                    "allow" => SslMode.Allow,
                    "prefer" => SslMode.Prefer,
                    "require" => SslMode.Require,
                    "verify-ca" => SslMode.VerifyCA,
                    "verify-full" => SslMode.VerifyFull,
                    _ => throw new FormatException($"sslmode '{option.Value}' is none of disable, allow, prefer, require, verify-ca and verify-full"),
                };
                break;
            case "sslrootcert":
                connection.RootCertificate = option.Value;
                break;
            default:
                throw new FormatException($"'{option.Name}' is not known; behind ? there may be host, sslmode and sslrootcert");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Shown;
}
