using System.Diagnostics;
using System.Globalization;
using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Scripts;
using Onrush.Cluster;

namespace Onrush.Cli.Commands;

/// <summary>Workers on this machine, each a process of the same program. They end with this one.</summary>
internal sealed class WorkerProcesses : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly List<Process> _processes = [];

    /// <summary>Completes when all have ended.</summary>
    public Task Over => Task.WhenAll(_processes.Select(process => process.WaitForExitAsync()));

    /// <summary>The first exit code that is not 0, when all have ended; else 0.</summary>
    public int ExitCode => _processes.Select(process => process.ExitCode).FirstOrDefault(code => code != 0);

    /// <summary>Starts them.</summary>
    public static WorkerProcesses Start(int count, string master, int port, ClusterToken? token, bool tls, OptionValues values, Log log, BrokerAddress? broker = null)
    {
        WorkerProcesses all = new();
        (string program, string[] first) = CompilerProcess.Self();
        for (int i = 0; i < count; i++)
        {
            ProcessStartInfo start = new(program, [
                .. first, "--worker", .. broker is null ? (string[])["--master-host", master, "--master-port", port.ToString(CultureInfo.InvariantCulture)] : [], .. tls ? (string[])["--cluster-tls"] : [],
                "--loops", (values.Get(OptionCatalog.Loops) ?? Math.Max(1, Environment.ProcessorCount / count)).ToString(CultureInfo.InvariantCulture),
                "--loglevel", "warning"])
            {
                // The pipe tells each that this process is gone, however it ended.
                RedirectStandardInput = true,
            };
            start.Environment[ClusterOptions.Token.Environment!] = token?.Text ?? "";
            if (token is null)
                start.Environment.Remove(ClusterOptions.Token.Environment!);
            start.Environment.Remove(ClusterOptions.Bus.Environment!);
            if (broker is not null)
                start.Environment[ClusterOptions.Bus.Environment!] = broker.Text;
            start.Environment[WorkerCommand.EndsWithInput] = "1";
            all._processes.Add(Process.Start(start)!);
        }

        log.Info($"started {count} worker processes");
        return all;
    }

    /// <summary>Asks them to leave.</summary>
    public void Leave()
    {
        foreach (Process process in _processes)
            process.StandardInput.Close();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Leave();
        await Task.WhenAny(Over, Task.Delay(Patience)).ConfigureAwait(false);
        foreach (Process process in _processes)
        {
            if (!process.HasExited)
                process.Kill();
            process.Dispose();
        }
    }
}
