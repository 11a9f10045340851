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
    private const int Count = 200, ReportBytes = 20_000;

    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(30);

    [Fact(Explicit = true)]
    public async Task Study_of_200_workers_over_http()
    {
        await using var fleet = new FleetRun();
        await RunAsync(fleet, "HTTP", name => new HttpWorkerBus(name, "127.0.0.1", fleet.Port, new ClusterToken(FleetRun.Token), tls: false, TimeProvider.System));
    }

    [Fact(Explicit = true)]
    public async Task Study_of_200_workers_on_a_broker()
    {
        Assert.SkipUnless(RabbitMqServer.IsInstalled, "rabbitmq-server is not installed (Debian package rabbitmq-server; eng/test installs it as root)");
        await using var broker = await RabbitMqServer.StartAsync(Repository.Root);
        await using var fleet = new FleetRun { Bus = $"{broker.Url()}?cluster=many" };
        var address = BrokerAddress.Parse(fleet.Bus);
        await RunAsync(fleet, "RabbitMQ", name => new RabbitMqWorkerBus(address, name, _ => { }));
    }

    private async Task RunAsync(FleetRun fleet, string bus, Func<string, IWorkerBus> connect)
    {
        var seconds = Seconds();
        var version = (await OnrushCommand.RunAsync(fleet.Folder, ["--version"])).Output.Split(' ')[^1].Trim();
        var master = fleet.StartMaster(FleetTests.Steady, workers: Count, "-u", $"{Count}", "-r", $"{Count}");
        List<SimulatedWorker> workers = [];
        try
        {
            for (var i = 0; i < Count; i++)
            {
                var first = i;
                workers.Add(new SimulatedWorker(connect($"worker-{i:000}"), version, second => seconds[(int)((first + second) % seconds.Length)]));
            }

            // Not by its journal, which is large here: reading it over and over would cost more than what is measured.
            await master.NextLineAsync(line => line.Contains($"users {Count} ", StringComparison.Ordinal), "the run goes on", TimeSpan.FromMinutes(2));
            using var process = Process.GetProcessById(master.Id);
            var (clock, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
            await Task.Delay(Measured, TestContext.Current.CancellationToken);
            process.Refresh();
            var cores = (process.TotalProcessorTime - before) / clock.Elapsed;
            var memory = process.PeakWorkingSet64;
            master.Send(Signal.Interrupt);
            var run = await fleet.EndAsync();

            output.WriteLine(
                $"{bus}: {Count} workers, {workers.Sum(w => w.Bytes) / (double)workers.Sum(w => w.Reports) / 1000:0.0} KB a report, {run.Aggregated.Requests} requests; "
                + $"master {cores:0.00} cores, {memory / 1e6:0} MB at most");
            run.Aggregated.Requests.ShouldBe(workers.Sum(worker => worker.Requests));
            run.Workers.Count.ShouldBe(Count);
            cores.ShouldBeLessThan(1);
            memory.ShouldBeLessThan(500_000_000);
        }
        finally
        {
            foreach (var worker in workers)
                await worker.DisposeAsync();
        }
    }

    // As many endpoints as make a report of the size that is wanted, with a second's requests each.
    private static IntervalReport[] Seconds()
    {
        for (var endpoints = 4; ; endpoints += 2)
        {
            var load = new SimulatedLoad(endpoints, endpoints * 100, different: 20);
            IntervalReport[] seconds = [.. Enumerable.Range(0, 20).Select(_ => load.Next())];
            if (seconds.Average(report => RecordWire.Write(new StatusRecord("worker-000", "run", new WorkerStatus(), report)).Length) >= ReportBytes)
                return seconds;
        }
    }
}
