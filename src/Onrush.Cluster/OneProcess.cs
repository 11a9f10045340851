using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Users;

namespace Onrush.Cluster;

/// <summary>A run in this process: a coordinator and a worker, joined by a bus in memory.</summary>
internal static class OneProcess
{
    /// <summary>Name of the worker.</summary>
    public const string Worker = "local";

    private const string Run = "run";

    /// <summary>Makes a run; nothing is sent before <see cref="Coordinator.RunAsync"/>.</summary>
    /// <param name="definition">The load test with the chosen classes.</param>
    /// <param name="options">What it is started with.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="recorder">Takes all that is folded; null when the run is not kept.</param>
    /// <exception cref="LoadTestException">Something in the load test is wrong.</exception>
    public static Coordinator Prepare(LoadTestDefinition definition, RunOptions options, TimeProvider? time = null, IRunRecorder? recorder = null)
    {
        time ??= TimeProvider.System;
        var cluster = new InMemoryCluster();
        var head = new ClusterHead(cluster.Coordinator("coordinator"), "", Engine.EngineLog.Warn);
        head.LeadAsync(CancellationToken.None).GetAwaiter().GetResult();
        return new Coordinator(definition, options, head, ClusterSettings.Local, Run, time, recorder, test =>
        [
            new Worker(
                cluster.Worker(Worker),
                new WorkerInfo("", Environment.MachineName, EngineSettings.Of(options).Loops, Environment.ProcessId),
                new WorkerSettings { HasOwnClock = false, IsLocal = true },
                (_, _) => Task.FromResult(test),
                time,
                static _ => { }),
        ]);
    }
}
