using System.Globalization;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Servers;

/// <summary>
/// A real PostgreSQL with a cluster of its own on a free port, to which everybody on this machine may connect as postgres. Tests are skipped
/// with the reason where it is not installed.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Package = "postgresql";

    private readonly TemporaryFolder _folder = new();
    private readonly string _programs;
    private RunningProgram? _process;

    private PostgresServer(string programs) => _programs = programs;

    public int Port { get; } = FreePort.Find();

    /// <summary>Connection string for Npgsql.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=postgres;Database=postgres;SSL Mode=Disable";

    private string Data => Path.Combine(_folder.Path, "data");

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer(FindOrSkip());
        try
        {
            await server.MakeAsync();
            await server.RunAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        return server;
    }

    /// <summary>kill -9 on the server, and a new one on what it left.</summary>
    public async Task CrashAsync()
    {
        _process!.Send(Signal.Kill);
        await _process.ExitAsync();
        await RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            // At once, but in good order: its processes must not outlive the folder.
            _process.Send(Signal.Quit);
            await _process.ExitAsync();
            await _process.DisposeAsync();
        }
        _folder.Dispose();
    }

    // Debian keeps the programs of each version in a folder of its own.
    private static string FindOrSkip()
    {
        var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        var found = versions.Select(version => Path.Combine(version, "bin")).Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order().LastOrDefault();
        return found ?? Path.GetDirectoryName(Programs.FindOrSkip("initdb", Package))!;
    }

    private async Task MakeAsync()
    {
        if (Environment.UserName == "root")
        {
            await using var owner = RunningProgram.Start("/bin/chown", ["postgres", _folder.Path], "/");
            (await owner.ExitAsync()).ShouldBe(0, owner.Errors);
        }
        await using var make = Start("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
        (await make.ExitAsync()).ShouldBe(0, make.Errors);
    }

    private async Task RunAsync()
    {
        _process = Start(
            "postgres", "-D", Data, "-c", "listen_addresses=127.0.0.1", "-c", $"port={Port.ToString(CultureInfo.InvariantCulture)}", "-c", "unix_socket_directories=");
        await FreePort.ListeningAsync(Port, () => _process.Errors);
        await ReadyAsync();
    }

    // It listens before it has recovered.
    private async Task ReadyAsync()
    {
        using var limit = new CancellationTokenSource(Deadline.Default);
        while (true)
        {
            await using var asked = Start("pg_isready", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture));
            if (await asked.ExitAsync() == 0)
                return;
            limit.IsCancellationRequested.ShouldBeFalse($"PostgreSQL does not get ready:\n{_process!.Errors}");
            await Task.Delay(50);
        }
    }

    // It refuses to run as root.
    private RunningProgram Start(string name, params string[] arguments)
    {
        var program = Path.Combine(_programs, name);
        return Environment.UserName == "root"
            ? RunningProgram.Start(Programs.FindOrSkip("setpriv", "util-linux"), ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments], _folder.Path)
            : RunningProgram.Start(program, arguments, _folder.Path);
    }
}
