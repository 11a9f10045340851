using System.Globalization;
using System.Net;
using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cluster;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>Runs on workers: listens for them as long as the command lives, and sends each run's load test.</summary>
internal sealed class MasterRuns : IAsyncDisposable
{
    private readonly OptionValues _values;
    private readonly LoadedTest _loaded;
    private readonly ClusterHead _head;
    private readonly WorkerProcesses? _processes;
    private readonly string _session = Guid.NewGuid().ToString("N")[..8];
    private int _number;

    private MasterRuns(OptionValues values, LoadedTest loaded, ClusterHead head, WorkerProcesses? processes) =>
        (_values, _loaded, _head, _processes) = (values, loaded, head, processes);

    /// <summary>Whether the options ask for workers beside this process.</summary>
    public static bool AreWanted(OptionValues values) => values.Get(ClusterOptions.Master) || values.Get(ClusterOptions.Processes) is not null;

    /// <summary>Begins to listen for workers.</summary>
    /// <param name="values">The options.</param>
    /// <param name="host">What surrounds the command.</param>
    /// <param name="loaded">The load test.</param>
    /// <param name="log">The log.</param>
    /// <param name="epoch">The last epoch of a master before whose run goes on; 0 for none.</param>
    /// <exception cref="OptionException">It cannot.</exception>
    public static async Task<MasterRuns> StartAsync(OptionValues values, CommandHost host, LoadedTest loaded, Log log, long epoch = 0)
    {
        // Own processes only: nobody else needs to get in.
        bool own = !values.Get(ClusterOptions.Master);
        IPAddress address = own ? IPAddress.Loopback : values.Get(ClusterOptions.BindHost)!;
        bool tls = values.Get(ClusterOptions.Tls) && !own;
        string? given = values.Get(ClusterOptions.Token);
        ClusterToken? token = given is not null ? new ClusterToken(given) : own || tls || !IPAddress.IsLoopback(address) ? ClusterToken.New() : null;
        HttpCoordinatorBus bus;
        try
        {
            bus = await HttpCoordinatorBus.StartAsync(
                new HttpBusOptions(address, own ? 0 : values.Get(ClusterOptions.BindPort), token, tls), $"{Environment.MachineName}-{Guid.NewGuid():N}", TimeProvider.System, log.Warning)
                .ConfigureAwait(false);
        }
        catch (BusException e)
        {
            throw new OptionException($"--master-bind-port: {e.Message}");
        }

        LogFold fold = new();
        fold.Resume(epoch, null);
        ClusterHead head = new(bus, ProductVersion.Text, log.Warning, fold);
        await head.LeadAsync(CancellationToken.None).ConfigureAwait(false);
        if (!own)
        {
            log.Info($"listening for workers on {address} port {bus.Port}: onrush --worker --master-host HOST"
                + $"{(bus.Port == HttpBusOptions.DefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $" --master-port {bus.Port}"))}{(tls ? " --cluster-tls" : "")}");
            // A secret that was made is told, but kept nowhere: not in the log of the run, which is in its journal.
            if (given is null && token is not null)
                host.Error.WriteLine($"onrush: the workers need this: ONRUSH_CLUSTER_TOKEN={token.Text}");
        }

        WorkerProcesses? processes = values.Get(ClusterOptions.Processes) is { } count
            ? WorkerProcesses.Start(count, "127.0.0.1", bus.Port, token, tls, values, log)
            : null;
        return new MasterRuns(values, loaded, head, processes);
    }

    /// <inheritdoc cref="StartRun"/>
    public PreparedRun Prepare(LoadTestDefinition test, RunOptions options, IRunRecorder? recorder)
    {
        if (options.Requests is not null)
            throw new OptionException("--request-log: requests are made on the workers; only a run without them can log each");
        // Every worker has to make the same choices, and no two the same users: a seed is needed for both.
        options = options with { Seed = options.Seed ?? Random.Shared.NextInt64() };
        Coordinator run = new(test, options, _head, Settings(test, options), Name(), recorder: recorder);

        // After the coordinator has read everything that the load test needs.
        SharedContents contents = TestShipment.Pack(_loaded.AssemblyPath);
        run.Ships(contents.Hash);
        return new PreparedRun(run, RunAsync, run.LoadTest.OnQuittingAsync) { Scenarios = run.ConfiguredScenarios, Ending = () => run.Ending };

        async Task RunAsync()
        {
            await _head.OfferAsync(contents, CancellationToken.None).ConfigureAwait(false);
            await run.RunAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_processes is not null)
            await _processes.DisposeAsync().ConfigureAwait(false);
        await _head.DisposeAsync().ConfigureAwait(false);
    }

    private string Name() => string.Create(CultureInfo.InvariantCulture, $"{_session}-{Interlocked.Increment(ref _number)}");

    private ClusterSettings Settings(LoadTestDefinition test, RunOptions options) => new()
    {
        ExpectedWorkers = Math.Max(_values.Get(ClusterOptions.ExpectWorkers), _values.Get(ClusterOptions.Processes) ?? 1),
        ExpectedMaxWait = _values.Get(ClusterOptions.ExpectMaxWait),
        LateAfter = _values.Get(ClusterOptions.LateAfter),
        MissingAfter = _values.Get(ClusterOptions.MissingAfter),
        Test = new TestPlan(_loaded.Name, "", options)
        {
            Classes = [.. test.Users.Select(user => new ChosenClass(user.Name, user.Weight, user.FixedCount))],
            Tags = _values.Get(OptionCatalog.Tags),
            ExcludedTags = _values.Get(OptionCatalog.ExcludeTags),
            Shape = test.Shapes.Count > 0 ? test.Shapes[0].Name : null,
            OwnOptions = [.. test.Options.Where(option => option.IsSet).Select(option =>
                KeyValuePair.Create<string, IReadOnlyList<string>>(option.Name, [OptionText.Format(option.Value)]))],
        },
    };
}
