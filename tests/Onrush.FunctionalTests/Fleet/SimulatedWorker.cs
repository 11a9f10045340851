using System.Globalization;
using Onrush.Cluster;
using Onrush.Engine;
using Onrush.Measurement;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>
/// A worker that speaks on a real bus as a real one does and puts no load on anything: it gets ready, begins, reports each second of the run what it is given, and ends.
/// </summary>
internal sealed class SimulatedWorker : IWorkerBusHandler, IAsyncDisposable
{
    private readonly IWorkerBus _bus;
    private readonly string _version;
    private readonly Func<long, IntervalReport> _second;
    private readonly CancellationTokenSource _closed = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Task _course;
    private Directive? _directive;
    private long _said;

    /// <param name="bus">Its end of the bus; started and disposed of here.</param>
    /// <param name="version">Version of onrush that the master has.</param>
    /// <param name="second">What it measured in a second, counted from 1.</param>
    public SimulatedWorker(IWorkerBus bus, string version, Func<long, IntervalReport> second)
    {
        (_bus, _version, _second) = (bus, version, second);
        bus.Start(this);
        _course = Task.Run(RunAsync);
    }

    /// <summary>Requests that it has said were made.</summary>
    public long Requests { get; private set; }

    /// <summary>Reports that it has handed in.</summary>
    public long Reports { get; private set; }

    public void OnConnected() => _ = AppendAsync(new HelloRecord(_bus.Worker, new WorkerInfo(_version, "simulated", 2, Environment.ProcessId)));

    public void OnDisconnected(string reason)
    {
    }

    public void OnMessage(CoordinatorMessage message)
    {
        if (message is not DirectiveMessage { Directive: var directive } || (_directive is { } known && !directive.IsNewerThan(known)))
            return;
        _directive = directive;
        _news.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        try
        {
            await _course;
        }
        catch (OperationCanceledException)
        {
            // As was wanted.
        }

        await _bus.DisposeAsync();
        _news.Dispose();
        _closed.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            var left = _directive is { Stage: RunStage.Running } runs && _said < Seconds(runs, RunClock.Now) ? TimeSpan.Zero : UntilNextSecond();
            await _news.WaitAsync(left, _closed.Token);
            if (_directive is not { } directive)
                continue;
            switch (directive.Stage)
            {
                case RunStage.Preparing:
                    await SayAsync(directive, WorkerState.Ready, null);
                    break;
                case RunStage.Running:
                    while (_directive.Stage == RunStage.Running && _said < Seconds(directive, RunClock.Now))
                        await ReportAsync(directive);
                    break;
                case RunStage.Ending or RunStage.Killing:
                    await SayAsync(directive, WorkerState.Done, null);
                    return;
            }
        }
    }

    private TimeSpan UntilNextSecond() =>
        _directive is { Stage: RunStage.Running } runs ? TimeSpan.FromTicks((runs.StartNs + ((_said + 1) * MonotonicClock.Second) - RunClock.Now) / 100) is { Ticks: > 0 } wait ? wait : TimeSpan.Zero
        : TimeSpan.FromSeconds(1);

    private static long Seconds(Directive directive, long nowNs) => (nowNs - directive.StartNs) / MonotonicClock.Second;

    private async Task ReportAsync(Directive directive)
    {
        var second = ++_said;
        var report = _second(second);
        report = report with
        {
            Gauges = report.Gauges with { UsersByClass = new Dictionary<string, int> { ["SteadyUser"] = 1 }, InFlight = 0 },
            Worker = _bus.Worker,
            Incarnation = 1,
            FirstSequence = second,
            LastSequence = second,
            StartUnixMs = (directive.StartNs + ((second - 1) * MonotonicClock.Second)) / MonotonicClock.Millisecond,
            DurationNs = MonotonicClock.Second,
        };
        Requests += report.Totals.Series.Values.Sum(series => series.Succeeded + series.Failed);
        Reports++;
        await SayAsync(directive, WorkerState.Running, report);
    }

    private Task SayAsync(Directive directive, WorkerState state, IntervalReport? report) => AppendAsync(new StatusRecord(_bus.Worker, directive.Run, new WorkerStatus
    {
        State = state,
        Revision = directive.Revision,
        ReportsAnswered = directive.ReportsAsked,
        Alive = state == WorkerState.Running ? 1 : 0,
        Scenarios = [.. directive.Orders.Select(order => new ScenarioStatus(order.Order.Scenario, order.Revision, IsOver: false, 0))],
        Health = new WorkerHealth { Cores = 0.1, CoresAvailable = 2, MemoryBytes = 50_000_000 },
    }, report));

    private async Task AppendAsync(ClusterRecord record)
    {
        while (true)
        {
            try
            {
                await _bus.AppendAsync(record, _closed.Token);
                return;
            }
            catch (BusException)
            {
                await Task.Delay(100, _closed.Token);
            }
        }
    }
}
