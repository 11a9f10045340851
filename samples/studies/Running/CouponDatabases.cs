using Onrush.Testing.Targets.Net;
using Onrush.Testing.Targets.Postgres;

namespace Studies.Running;

/// <summary>The stores that a coupon service may have here, with databases of their own for those that need one.</summary>
internal sealed class CouponDatabases : IAsyncDisposable
{
    private PostgresServer? _postgres;
    private ServerProcess? _redis;
    private int _redisPort;

    /// <summary>Names of the stores.</summary>
    public IReadOnlyList<string> Stores => ["memory", "file", .. _postgres is null ? (string[])[] : ["postgres"], .. _redis is null ? (string[])[] : ["redis"]];

    /// <summary>What is not installed.</summary>
    public IReadOnlyList<string> Missing => [.. _postgres is null ? (string[])["PostgreSQL"] : [], .. _redis is null ? (string[])["Redis"] : []];

    /// <summary>Starts what is installed.</summary>
    public static async Task<CouponDatabases> StartAsync(string scratch)
    {
        var databases = new CouponDatabases();
        if (PostgresServer.Missing is null)
            databases._postgres = await PostgresServer.StartAsync();
        if (ServerProcess.Find("redis-server") is { } program)
        {
            databases._redisPort = FreePorts.One();
            databases._redis = await ServerProcess.StartAsync(
                program, databases._redisPort, scratch, "--port", $"{databases._redisPort}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", scratch);
        }
        return databases;
    }

    /// <summary>The switches with which the service finds a store.</summary>
    public IReadOnlyList<string> Switches(string store) => store switch
    {
        "postgres" => ["--postgres", _postgres!.ConnectionString, "--db-pool", "20"],
        "redis" => ["--redis", $"127.0.0.1:{_redisPort}"],
        _ => [],
    };

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
            await _redis.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
    }
}
