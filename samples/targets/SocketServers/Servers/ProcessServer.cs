using System.Diagnostics;
using System.Net.Sockets;

namespace SocketServers.Servers;

/// <summary>
/// A few processes that share the listening socket; the kernel gives each connection to one that waits. Not the fork per connection of the
/// server that this one repeats: .NET cannot fork, and a process of it takes some 50 ms to start. What that server showed, that starting a
/// process for each request costs more than the request, cannot be shown with this one; that several processes work beside each other can.
/// </summary>
internal sealed class ProcessServer : IServer
{
    private readonly List<Process> _workers = [];

    public void Serve(Socket listener, ServerOptions options)
    {
        var handle = Listening.Share(listener);
        var (program, first) = Self();
        for (var i = 0; i < options.Workers; i++)
            _workers.Add(Process.Start(new ProcessStartInfo(program, [.. first, .. options.ForWorker(handle)]) { RedirectStandardInput = true })!);
    }

    public void Dispose()
    {
        foreach (var worker in _workers)
        {
            worker.StandardInput.Close();
            worker.WaitForExit();
            worker.Dispose();
        }
    }

    // Started by dotnet SocketServers.dll, the process is dotnet.
    private static (string Program, string[] First) Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? (Environment.ProcessPath!, [typeof(ProcessServer).Assembly.Location]) : (Environment.ProcessPath!, []);
}
