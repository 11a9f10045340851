using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Scenarios;
using Onrush.Tests.Http.Harness;
using Onrush.Users;

namespace Onrush.Tests.Scenarios.Running;

/// <summary>One scenario on one real loop. Its users do what the test tells them through <see cref="Puppet"/>.</summary>
internal sealed class ScenarioHarness : IDisposable
{
    private readonly LoopHarness _loop = new(OperatingSystem.IsLinux() ? Transports.Epoll : Transports.Portable);
    private readonly ScenarioRun _run;
    private readonly LoopDeal _deal;

    public ScenarioHarness(Executor executor, TimeSpan? gracefulStop = null, Type? user = null, BucketSet? share = null)
    {
        executor.Fault().ShouldBeNull();
        var userClass = UserClass.Read(user ?? typeof(Puppet));
        var plan = new ScenarioPlan("test", [userClass], null, executor, TimeSpan.Zero, gracefulStop ?? TimeSpan.FromSeconds(30), TagSet.Empty, null, false);
        Stage = new StageOfTest();
        Stages.ByHost[Host] = Stage;
        var setup = new RunSetup
        {
            Classes = [userClass],
            Seed = 1,
            Host = Host,
            Events = new TestEvents(),
            Scope = new RunScope(0, 1),
            StopTest = _ => { },
            Changed = () => { },
            Share = share ?? BucketSet.All,
        };
        int? slots = executor is ArrivalRateExecutor arrivals ? arrivals.MaxUsers : executor is UserExecutor users ? users.Schedule().MostUsers : null;
        _run = new ScenarioRun(new ScenarioSetup(setup, plan, UserNumbers.Of([slots], WorkShare.All)[0], _deal = new LoopDeal(share ?? BucketSet.All, 1)), [_loop.Loop]);
        _loop.InvokeAsync(() => _run.Prepare(_loop.Loop)).GetAwaiter().GetResult();
    }

    /// <summary>Where users find the test they belong to.</summary>
    public string Host { get; } = $"http://test-{Guid.NewGuid():N}";

    public StageOfTest Stage { get; }

    public bool IsOver => _run.IsOver;

    public int Alive => _run.Alive;

    public int Abandoned => _run.Abandoned;

    public EngineLoop Loop => _loop.Loop;

    public ScenarioRunner Runner => _run.On(_loop.Loop);

    public void Start() => _run.Apply(new StartOrder("test", MonotonicClock.Now));

    public void Apply(Func<long, ScenarioOrder> order) => _run.Apply(order(MonotonicClock.Now));

    /// <summary>Has another share from now on, or from so many milliseconds on.</summary>
    public void Reshare(BucketSet share, BucketSet moved, double inMs = 0)
    {
        _deal.Change(share);
        _run.Reshare(MonotonicClock.Now + (long)(inMs * MonotonicClock.Millisecond), moved);
    }

    public void Grant(long iterations) => _run.Grant(iterations);

    public void HandBack() => _run.HandBack();

    public long QuotaLeft => _run.QuotaLeft;

    public void End(double seconds) => _run.End((long)(seconds * 1e9));

    public void Kill() => _run.Kill();

    public Task UntilAsync(Func<bool> condition, string what) => _loop.UntilAsync(condition, what);

    public Task InvokeAsync(Action action) => _loop.InvokeAsync(action);

    /// <summary>Waits for the end of the scenario and gives what was counted.</summary>
    public async Task<IterationInterval> OverAsync()
    {
        await UntilAsync(() => _run.IsOver, "the end of the scenario");
        return await CountsAsync();
    }

    /// <summary>What was counted since the last time.</summary>
    public Task<IterationInterval> CountsAsync() => _loop.InvokeAsync(() =>
    {
        var interval = _loop.Loop.Recorder.Swap(MonotonicClock.Now, 0, -1)!;
        var counts = IntervalTotals.From(interval).Iterations.GetValueOrDefault("test")
            ?? new IterationInterval("test", 0, HistogramData.Empty, HistogramData.Empty, HistogramData.Empty);
        _loop.Loop.Recorder.Return(interval);
        return counts;
    });

    public void Dispose()
    {
        // Users that a failing test left waiting must not keep the process.
        _run.Kill();
        _loop.Dispose();
        Stages.ByHost.TryRemove(Host, out _);
    }
}
