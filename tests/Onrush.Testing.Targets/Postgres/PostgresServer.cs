using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Onrush.Testing.Targets.Net;

namespace Onrush.Testing.Targets.Postgres;

/// <summary>
/// A real PostgreSQL on a free loopback port, with a folder of its own, that can be stopped, killed and started again. Who connects needs its password.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The only user; may do everything.</summary>
    public const string User = "onrush";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private Process? _process;

    private PostgresServer(string folder, int port, string password) => (_folder, Port, Password) = (folder, port, password);

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? Missing => PostgresPrograms.Missing;

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>The password of <see cref="User"/>.</summary>
    public string Password { get; }

    /// <summary>Process that all others of the server are children of.</summary>
    public int Id => _process!.Id;

    /// <summary>Where a database of it is, password included.</summary>
    public string Url(string database = "postgres") => $"postgres://{User}:{Password}@127.0.0.1:{Port}/{database}";

    /// <summary>The same for Npgsql.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username={User};Password={Password};Database=postgres;SSL Mode=Disable";

    /// <summary>Makes a server and starts it.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var folder = PostgresPrograms.MakeFolder();
        var server = new PostgresServer(folder, FreePorts.One(), RandomNumberGenerator.GetHexString(24, lowercase: true));
        try
        {
            await File.WriteAllTextAsync(server.PasswordFile, server.Password).ConfigureAwait(false);
            PostgresPrograms.Run(PostgresPrograms.Start(
                "initdb", "-D", server.Data, "-U", User, "-A", "scram-sha-256", $"--pwfile={server.PasswordFile}", "-E", "UTF8", "--locale=C", "--no-sync"));
            await server.StartAgainAsync().ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts it after it was stopped or killed, on the same port with the same data.</summary>
    public async Task StartAgainAsync()
    {
        // A server that was killed leaves children behind for a moment, and the next one does not start beside them.
        for (var patience = Stopwatch.StartNew(); !await TryStartAsync().ConfigureAwait(false);)
        {
            if (patience.Elapsed > Patience)
                throw new TimeoutException($"PostgreSQL did not start in {Patience.TotalSeconds:0} s");
            await Task.Delay(100).ConfigureAwait(false);
        }
    }

    /// <summary>Stops it as an administrator does who is in a hurry: clients are cut off, everything is written.</summary>
    public Task StopAsync() => EndAsync("-INT");

    /// <summary>Kills it: nothing is written any more.</summary>
    public Task KillAsync() => EndAsync("-KILL");

    /// <summary>Kills it, and starts a new one on what it left.</summary>
    public async Task CrashAsync()
    {
        await KillAsync().ConfigureAwait(false);
        await StartAgainAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync().ConfigureAwait(false);
        // Children may still be writing.
        for (var attempt = 0; attempt < 100; attempt++)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
                return;
            }
            catch (IOException)
            {
                await Task.Delay(50).ConfigureAwait(false);
            }
        }
    }

    private string Data => Path.Combine(_folder, "data");

    private string PasswordFile => Path.Combine(_folder, "password");

    private async Task<bool> TryStartAsync()
    {
        // What is on the disk of the machine does not matter here: it is the server that dies, never the machine.
        var start = PostgresPrograms.Start(
            "postgres", "-D", Data, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off",
            "-c", "shared_buffers=16MB", "-c", "max_connections=40", "-c", "autovacuum=off", "-c", "log_min_messages=fatal");
        start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < Patience; await Task.Delay(20).ConfigureAwait(false))
        {
            if (process.HasExited)
            {
                process.Dispose();
                return false;
            }

            if (await ListensAsync().ConfigureAwait(false))
            {
                _process = process;
                return true;
            }
        }

        process.Kill();
        process.Dispose();
        return false;
    }

    // It listens before it lets anybody in.
    private async Task<bool> ListensAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port).ConfigureAwait(false);
            PostgresPrograms.Run(PostgresPrograms.Start("pg_isready", "-q", "-h", "127.0.0.1", "-p", $"{Port}"));
            return true;
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task EndAsync(string signal)
    {
        if (_process is not { } process)
            return;
        _process = null;
        PostgresPrograms.Run(new ProcessStartInfo("kill", [signal, $"{process.Id}"]));
        await process.WaitForExitAsync().WaitAsync(Patience).ConfigureAwait(false);
        process.Dispose();
    }
}
