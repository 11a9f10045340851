using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Studies.Running;

/// <summary>A database in a process of its own, on a port of 127.0.0.1.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    /// <summary>Where a program is; null when it is not installed.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(["/usr/bin", "/usr/sbin"])
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(string program, int port, string folder, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        // What it says is of no interest, but has to be read.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(process);
        for (var patience = Stopwatch.StartNew(); !await ListensAsync(port); await Task.Delay(50))
        {
            if (!process.HasExited && patience.Elapsed < Patience)
                continue;
            await server.DisposeAsync();
            throw new StudyException($"{program} does not listen on port {port}");
        }
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
