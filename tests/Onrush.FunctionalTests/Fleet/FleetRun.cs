using System.Net;
using Onrush.FunctionalTests.Running;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Runs.Store;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>A master and workers as real processes on this machine, a target that counts, and what the master's journal tells.</summary>
internal sealed class FleetRun : IAsyncDisposable
{
    internal const string Token = "a secret of the test";

    private readonly List<TemporaryFolder> _folders = [];
    private readonly List<RunningProgram> _masters = [];
    private TemporaryFolder _folder = new();
    private readonly string[] _cluster;
    private CountingServer? _server;

    public FleetRun(params string[] cluster)
    {
        _cluster = cluster;
        Port = LowPort.Find();
    }

    /// <summary>Address of the broker that they meet in; null where workers connect to the master.</summary>
    public string? Bus { get; init; }

    /// <summary>Where the master listens for workers.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Where the target listens.</summary>
    public IPAddress TargetAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Another target than <see cref="Server"/>.</summary>
    public Uri? Target { get; init; }

    public CountingServer Server => _server ??= CountingServer.Start(new CountingServerOptions { Address = TargetAddress });

    public int Port { get; }

    public List<RunningProgram> Workers { get; } = [];

    public TemporaryFolder Folder => _folder;

    public RunningProgram Master { get; private set; } = null!;

    public RunningProgram AddWorker(params string[] more) => AddWorker(null, Bus, more);

    /// <summary>Starts a worker with variables of its own.</summary>
    public RunningProgram AddWorker(IReadOnlyDictionary<string, string> variables, params string[] more) => AddWorker(null, Bus, more, variables);

    /// <summary>Starts a worker in a network of its own.</summary>
    /// <param name="network">The network; null for that of this machine.</param>
    /// <param name="bus">Address of the broker as it is seen from there; null where workers connect to the master.</param>
    /// <param name="more">Further options.</param>
    public RunningProgram AddWorker(NetworkNamespace? network, string? bus, params string[] more) => AddWorker(network, bus, more, null);

    private RunningProgram AddWorker(NetworkNamespace? network, string? bus, string[] more, IReadOnlyDictionary<string, string>? variables)
    {
        // In a folder of its own, where nothing of the load test is.
        var folder = new TemporaryFolder();
        var worker = OnrushCommand.Start(
            folder, ["--worker", .. bus is null ? (string[])["--master-host", Host, "--master-port", $"{Port}"] : [], .. more.Contains("--loops") ? (string[])[] : ["--loops", "2"], .. _cluster, .. more],
            Secret(bus).Concat(variables ?? new Dictionary<string, string>()).ToDictionary(), network);
        Workers.Add(worker);
        return worker;
    }

    /// <summary>Starts the master on the load test of the folder.</summary>
    public RunningProgram StartMaster(string loadTest, int workers, params string[] more)
    {
        _folder.Write("loadtest.cs", loadTest);
        return Restart(["--expect-workers", $"{workers}", .. more]);
    }

    /// <summary>Starts a master in the same folder and on the same port.</summary>
    public RunningProgram Restart(params string[] more) => Master = OnrushCommand.Start(
        _folder,
        ["-f", "loadtest.cs", "-H", (Target ?? Server.Url).AbsoluteUri.TrimEnd('/'), "--headless", "--master",
            .. Bus is null ? (string[])["--master-bind-host", Host, "--master-bind-port", $"{Port}"] : [], .. _cluster, .. more],
        Secret(Bus));

    /// <summary>Starts a second master that stands by, in a folder of its own.</summary>
    public (RunningProgram Program, TemporaryFolder Folder) StandBy(string loadTest, params string[] more)
    {
        var folder = new TemporaryFolder();
        folder.Write("loadtest.cs", loadTest);
        var program = OnrushCommand.Start(folder, ["-f", "loadtest.cs", "-H", (Target ?? Server.Url).AbsoluteUri.TrimEnd('/'), "--headless", "--master", "--standby", .. _cluster, .. more], Secret(Bus));
        _masters.Add(program);
        _folders.Add(folder);
        return (program, folder);
    }

    /// <summary>From here on the journal of the run is that of another master.</summary>
    public void Led(RunningProgram by, TemporaryFolder folder)
    {
        _masters.Add(Master);
        _folders.Add(_folder);
        (Master, _folder) = (by, folder);
    }

    private static Dictionary<string, string> Secret(string? bus) => bus is null ? new() { ["ONRUSH_CLUSTER_TOKEN"] = Token } : new() { ["ONRUSH_BUS"] = bus };

    /// <summary>The run of the journal as it is now.</summary>
    public FoldedRun Journal()
    {
        var store = new RunFolders(Path.Combine(_folder.Path, ".onrush", "runs"), TimeProvider.System);
        using var journal = store.Open(store.List()[0]);
        return JournalFold.Read(journal);
    }

    /// <summary>Waits until the journal shows what fits.</summary>
    public async Task<RunSnapshot> UntilAsync(Func<RunSnapshot, bool> fits, string what)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (true)
        {
            try
            {
                if (Journal() is { } folded && folded.Snapshot() is var snapshot && fits(snapshot))
                    return snapshot;
            }
            catch (Exception e) when (e is ArgumentOutOfRangeException or IOException or JournalException)
            {
                // There is none yet.
            }

            if (deadline.IsCancellationRequested)
                throw new TimeoutException($"It did not come to this: {what}\nmaster:\n{Master.Output}\n{Master.Errors}\nworkers:\n{string.Join("\n--\n", Workers.Select(w => w.Errors))}");
            await Task.Delay(100);
        }
    }

    /// <summary>Waits for the master's end and gives the run.</summary>
    public async Task<RunSnapshot> EndAsync()
    {
        var code = await Master.ExitAsync(TimeSpan.FromSeconds(120));
        code.ShouldBe(0, Master.Output + Master.Errors + string.Join("\n--\n", Workers.Select(w => w.Errors)));
        var snapshot = Journal().Snapshot();
        snapshot.Phase.ShouldBe(RunPhase.Stopped);
        return snapshot;
    }

    public async ValueTask DisposeAsync()
    {
        if (Master is not null)
            await Master.DisposeAsync();
        foreach (var program in Workers.Concat(_masters).Distinct().Where(program => program != Master))
            await program.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        foreach (var folder in _folders.Append(_folder).Distinct())
            folder.Dispose();
    }
}
