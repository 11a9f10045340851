using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Cluster;

namespace Onrush.Cli.Commands;

/// <summary>onrush --worker: makes load for a master until it is told to leave.</summary>
internal static class WorkerCommand
{
    /// <summary>Variable that makes the end of the standard input a wish to leave: the process that started this one is gone.</summary>
    public const string EndsWithInput = "ONRUSH_INTERNAL_END_WITH_INPUT";

    private static readonly TimeSpan LastWordPatience = TimeSpan.FromSeconds(10);

    /// <returns>The exit code.</returns>
    /// <exception cref="OptionException">The master does not want this worker.</exception>
    public static async Task<int> ExecuteAsync(OptionValues values, CommandHost host, Log log, Action<int> exit)
    {
        Engine.EngineLog.Warn = log.Warning;
        string master = values.Get(ClusterOptions.MasterHost)!;
        int port = values.Get(ClusterOptions.MasterPort);
        bool tls = values.Get(ClusterOptions.Tls);
        ClusterToken? token = values.Get(ClusterOptions.Token) is { } text ? new ClusterToken(text) : null;
        if (tls && token is null)
            throw new OptionException("--cluster-tls needs the --cluster-token of the master: the keys follow from it");
        BrokerAddress? broker = values.Get(ClusterOptions.Bus);
        if (broker is not null)
            BrokerBus.RefuseOthers(values);
        TaskCompletionSource leave = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using StopSignals signals = new(exit);
        signals.Attach(_ => leave.TrySetResult());
        if (values.Get(ClusterOptions.Processes) is { } count)
            return await LeadProcessesAsync(WorkerProcesses.Start(count, master, port, token, tls, values, log, broker), leave.Task).ConfigureAwait(false);
        if (host.Environment.ContainsKey(EndsWithInput))
            new Thread(() => EndWithInput(leave)) { IsBackground = true, Name = "onrush input" }.Start();

        string name = $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..6]}";
        string where = broker is null ? $"the master at {master} port {port}" : $"the cluster {broker.Cluster} at {broker}";
        (IWorkerBus bus, Task<string> rejected) = Bus(name, broker, master, port, token, tls, log);
        int loops = values.Get(OptionCatalog.Loops) ?? Environment.ProcessorCount;
        WorkerSettings settings = new() { OrphanTimeout = values.Get(ClusterOptions.OrphanTimeout) };
        await using Worker worker = new(
            bus, new WorkerInfo(ProductVersion.Text, Environment.MachineName, loops, Environment.ProcessId), settings,
            new SentTests(bus, loops).PrepareAsync, TimeProvider.System, log.Warning);
        log.Info($"worker {name}: connecting to {where}");
        worker.Start();
        Task first = await Task.WhenAny(leave.Task, worker.Refused, rejected).ConfigureAwait(false);
        if (first == leave.Task)
        {
            log.Info("leaving: iterations may finish, and everything measured is handed in");
            await worker.LeaveAsync(LastWordPatience).ConfigureAwait(false);
            return ExitCodes.Success;
        }

        string reason = await ((Task<string>)first).ConfigureAwait(false);
        throw new OptionException($"{where} refused this worker: {reason.TrimEnd('.')}");
    }

    private static (IWorkerBus Bus, Task<string> Rejected) Bus(string name, BrokerAddress? broker, string master, int port, ClusterToken? token, bool tls, Log log)
    {
        if (broker is not null)
        {
            RabbitMqWorkerBus byBroker = new(broker, name, log.Warning);
            return (byBroker, byBroker.Rejected);
        }

        HttpWorkerBus direct = new(name, master, port, token, tls, TimeProvider.System);
        return (direct, direct.Rejected);
    }

    private static async Task<int> LeadProcessesAsync(WorkerProcesses processes, Task leave)
    {
        await using (processes)
        {
            if (await Task.WhenAny(leave, processes.Over).ConfigureAwait(false) == leave)
            {
                processes.Leave();
                await processes.Over.ConfigureAwait(false);
            }

            return processes.ExitCode;
        }
    }

    private static void EndWithInput(TaskCompletionSource leave)
    {
        using Stream input = Console.OpenStandardInput();
        byte[] buffer = new byte[16];
        while (input.Read(buffer) > 0)
        {
        }

        leave.TrySetResult();
    }
}
