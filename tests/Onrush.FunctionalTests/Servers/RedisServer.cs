using System.Globalization;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Servers;

/// <summary>A real Redis on a free port that keeps nothing. Tests are skipped with the reason where it is not installed.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RunningProgram _process;

    private RedisServer(string program)
    {
        Port = FreePort.Find();
        _process = RunningProgram.Start(
            program, ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.Path], _folder.Path);
    }

    public int Port { get; }

    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer(Programs.FindOrSkip("redis-server", "redis-server"));
        await FreePort.ListeningAsync(server.Port, () => server._process.Output);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
