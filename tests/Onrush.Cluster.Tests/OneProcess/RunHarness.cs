using Onrush.Runs;
using Onrush.Testing.Targets.Counting;
using Onrush.Users;

namespace Onrush.Cluster.Tests;

/// <summary>A local run against a counting server in this process. Every picture of it must be conserved.</summary>
internal sealed class RunHarness : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly List<string> _broken = [];
    private readonly List<RunSnapshot> _seen = [];
    private readonly SemaphoreSlim _folded = new(0);

    public RunHarness(Transport transport, RunOptions options, params Type[] types)
    {
        Server = CountingServer.Start();
        Run = OneProcess.Prepare(LoadTestDefinition.FromTypes(types), options with { Host = Server.Url.OriginalString, Transport = transport, Loops = 2, Seed = 1 });
        Run.SecondFolded += OnFolded;
    }

    public static TheoryData<Transport> Transports => OperatingSystem.IsLinux() ? [Transport.Epoll, Transport.Portable] : [Transport.Portable];

    public CountingServer Server { get; }

    public Coordinator Run { get; }

    /// <summary>The pictures so far.</summary>
    public IReadOnlyList<RunSnapshot> Seen
    {
        get
        {
            lock (_seen)
                return [.. _seen];
        }
    }

    public Task<RunSnapshot> Running { get; private set; } = Task.FromResult(RunSnapshot.Empty);

    public RunHarness Start()
    {
        Running = Run.RunAsync();
        return this;
    }

    /// <summary>Waits for a second whose picture fits.</summary>
    public async Task<RunSnapshot> UntilAsync(Func<RunSnapshot, bool> fits)
    {
        using var patience = new CancellationTokenSource(Deadline);
        while (!fits(Run.Snapshot))
        {
            if (Running.IsCompleted)
                throw new InvalidOperationException("The run ended before.");
            await _folded.WaitAsync(patience.Token);
        }

        return Run.Snapshot;
    }

    /// <summary>The end of the run, with what always holds then.</summary>
    public async Task<RunSnapshot> EndAsync()
    {
        var snapshot = await Running.WaitAsync(Deadline);
        snapshot.Phase.ShouldBe(RunPhase.Stopped);
        snapshot.Users.ShouldBe(0);
        snapshot.InFlight.ShouldBe(0);
        snapshot.Aggregated.InFlight.ShouldBe(0);
        snapshot.Conservation.Errors.ShouldBeEmpty();
        lock (_seen)
            _broken.ShouldBeEmpty();
        return snapshot;
    }

    public async ValueTask DisposeAsync()
    {
        Run.Abort("the test is over");
        Server.Freezer.Thaw();
        await Task.WhenAny(Running).WaitAsync(Deadline);
        Run.Dispose();
        await Server.DisposeAsync();
        _folded.Dispose();
    }

    private void OnFolded(RunSnapshot snapshot)
    {
        lock (_seen)
        {
            _seen.Add(snapshot);
            _broken.AddRange(snapshot.Conservation.Errors);
        }

        _folded.Release();
    }
}
