using Onrush.Testing.Targets.Postgres;

[assembly: AssemblyFixture(typeof(Onrush.Runs.Postgres.Tests.ServerFixture))]

namespace Onrush.Runs.Postgres.Tests;

/// <summary>One server for all tests that do not end it. Each has a database of its own on it.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private static int _databases;
    private PostgresServer? _server;

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.Missing is null)
            _server = await PostgresServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <summary>An empty database; the test is skipped with the reason where there is no PostgreSQL.</summary>
    internal PostgresUrl NewDatabase()
    {
        Assert.SkipWhen(_server is null, PostgresServer.Missing ?? "");
        var name = $"test{Interlocked.Increment(ref _databases)}";
        using var administrator = new Database(PostgresUrl.Parse(_server!.Url()));
        administrator.Execute($"create database {name}");
        return PostgresUrl.Parse(_server.Url(name));
    }
}
