using System.Diagnostics;

namespace Studies.Running;

/// <summary>Workers of a run, each a process on this machine.</summary>
internal sealed class WorkerProcesses : IAsyncDisposable
{
    private readonly List<Process> _processes;

    public WorkerProcesses(int count, string port, string folder) =>
        _processes = [.. Enumerable.Range(0, count).Select(_ => Process.Start(new ProcessStartInfo(
            Repository.Built("Onrush.Cli"), ["--worker", "--master-host", "127.0.0.1", "--master-port", port, "--loglevel", "error"]) { WorkingDirectory = folder })!)];

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
