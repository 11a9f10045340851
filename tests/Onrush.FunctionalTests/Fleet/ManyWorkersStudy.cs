using System.Diagnostics;
using Onrush.Cluster;
using Onrush.FunctionalTests.Running;
using Onrush.Measurement;
using Onrush.Runs.Tests.Journal;
using Onrush.Testing.Targets.Brokers;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>What 200 workers cost a master: the real command on a real bus, and workers that only report.</summary>
public sealed class ManyWorkersStudy(ITestOutputHelper output)
{
    private const int Count = 200;

    // As long as the runtime compiles what has become hot; that is over once in a run.
    private const int WarmUp = 20;

    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(30);

    [Theory(Explicit = true)]
    [InlineData(20_000)]
    [InlineData(5_000)]
    public async Task Study_of_200_workers_over_http(int bytes)
    {
        await using var fleet = new FleetRun();
        await RunAsync(fleet, "HTTP", bytes, name => new HttpWorkerBus(name, "127.0.0.1", fleet.Port, new ClusterToken(FleetRun.Token), tls: false, TimeProvider.System));
    }

    [Theory(Explicit = true)]
    [InlineData(20_000)]
    [InlineData(5_000)]
    public async Task Study_of_200_workers_on_a_broker(int bytes)
    {
        Assert.SkipUnless(RabbitMqServer.IsInstalled, "rabbitmq-server is not installed (Debian package rabbitmq-server; eng/test installs it as root)");
        await using var broker = await RabbitMqServer.StartAsync(Repository.Root);
        await using var fleet = new FleetRun { Bus = $"{broker.Url()}?cluster=many" };
        var address = BrokerAddress.Parse(fleet.Bus);
        await RunAsync(fleet, "RabbitMQ", bytes, name => new RabbitMqWorkerBus(address, name, _ => { }));
    }

    private async Task RunAsync(FleetRun fleet, string bus, int bytes, Func<string, IWorkerBus> connect)
    {
        var seconds = Seconds(bytes);
        var version = (await OnrushCommand.RunAsync(fleet.Folder, ["--version"])).Output.Split(' ')[^1].Trim();
        var master = fleet.StartMaster(FleetTests.Steady, workers: Count, "-u", $"{Count}", "-r", $"{Count}", "--exit-code-on-error", "0");
        List<SimulatedWorker> workers = [];
        try
        {
            for (var i = 0; i < Count; i++)
            {
                var first = i;
                workers.Add(new SimulatedWorker(connect($"worker-{i:000}"), version, second => seconds[(int)((first + second) % seconds.Length)]));
            }

            // Not by its journal, which is large here: reading it over and over would cost more than what is measured.
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            while (workers.Min(worker => worker.Reports) < WarmUp)
                await Task.Delay(100, patience.Token);
            using var process = Process.GetProcessById(master.Id);
            var (clock, before, reported) = (Stopwatch.StartNew(), process.TotalProcessorTime, workers.Sum(worker => worker.Reports));
            await Task.Delay(Measured, TestContext.Current.CancellationToken);
            process.Refresh();
            var cores = (process.TotalProcessorTime - before) / clock.Elapsed;
            var memory = process.PeakWorkingSet64;
            var rate = (workers.Sum(worker => worker.Reports) - reported) / clock.Elapsed.TotalSeconds;
            output.WriteLine(
                $"{bus}: {Count} workers, {seconds.Average(Size) / 1000:0.0} KB a report with {seconds[0].Totals.Series.Count} endpoints and {seconds[0].Totals.Series.Values.Sum(s => s.Started):#,0} requests a second each; "
                + $"{rate:0} reports a second, master {cores:0.00} cores, {memory / 1e6:0} MB at most");
            master.Send(Signal.Interrupt);
            var run = await fleet.EndAsync();

            run.Aggregated.Requests.ShouldBe(workers.Sum(worker => worker.Requests));
            run.Workers.Count.ShouldBe(Count);

            // Where the workers of the study and the master are more than the cores can do, fewer reports come than are due: it is as many that have to be paid for.
            rate.ShouldBeGreaterThan(0.75 * Count, "workers have fallen behind");
            (cores * Math.Max(1, Count / rate)).ShouldBeLessThan(1);
            memory.ShouldBeLessThan(500_000_000);
        }
        finally
        {
            // All at once: the master has taken the cluster away, and each waits a while for a farewell that nobody hears.
            await Task.WhenAll(workers.Select(worker => worker.DisposeAsync().AsTask()));
        }
    }

    // As many endpoints as make a report of the size that is wanted, with a second's requests each.
    private static IntervalReport[] Seconds(int bytes)
    {
        for (var endpoints = 4; ; endpoints += 2)
        {
            var load = new SimulatedLoad(endpoints, endpoints * 100, different: 20);
            IntervalReport[] seconds = [.. Enumerable.Range(0, 20).Select(_ => load.Next())];
            if (seconds.Average(Size) >= bytes)
                return seconds;
        }
    }

    private static int Size(IntervalReport report) => RecordWire.Write(new StatusRecord("worker-000", "run", new WorkerStatus(), report with { Worker = "worker-000" })).Length;
}
