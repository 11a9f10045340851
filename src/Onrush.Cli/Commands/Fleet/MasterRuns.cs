using System.Globalization;
using System.Net;
using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Cluster;
using Onrush.Runs;
using Onrush.Runs.Journal;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>Runs on workers: listens for them as long as the command lives, and sends each run's load test.</summary>
internal sealed class MasterRuns : IAsyncDisposable
{
    // A broker that is away must not keep a run from ending; who stands by then makes the verdict again.
    private static readonly TimeSpan VerdictPatience = TimeSpan.FromSeconds(3);

    private readonly OptionValues _values;
    private readonly LoadedTest _loaded;
    private readonly ClusterHead _head;
    private readonly WorkerProcesses? _processes;
    private readonly RabbitMqCoordinatorBus? _broker;
    private readonly Log _log;
    private readonly string _session = Guid.NewGuid().ToString("N")[..8];
    private ResumedRun? _resumed;
    private int _number;

    private MasterRuns(
        OptionValues values, LoadedTest loaded, ClusterHead head, WorkerProcesses? processes, Log log, ResumedRun? resumed, RabbitMqCoordinatorBus? broker = null) =>
        (_values, _loaded, _head, _processes, _log, _resumed, _broker) = (values, loaded, head, processes, log, resumed, broker);

    /// <summary>Whether the options ask for workers beside this process.</summary>
    public static bool AreWanted(OptionValues values) => values.Get(ClusterOptions.Master) || values.Get(ClusterOptions.Processes) is not null;

    /// <summary>The run that was taken over from a master that is gone; null for none.</summary>
    public ResumedTest? TakenOver { get; private init; }

    /// <summary>Whether there is anything to lead: not when the only run was over while this one stood by, or it was told to end.</summary>
    public bool GoesOn { get; private init; } = true;

    /// <summary>The workers that are there now.</summary>
    public IReadOnlyList<WorkerFigures> Present
    {
        get
        {
            TimeSpan patience = _values.Get(ClusterOptions.MissingAfter);
            HashSet<string> heard = [.. _head.Presence.Where(p => TimeProvider.System.GetElapsedTime(p.HeardAt) < patience).Select(p => p.Worker)];
            return
            [
                .. _head.Workers.Where(worker => heard.Contains(worker.Key)).Select(worker => new WorkerFigures(worker.Key, 0, 0, 0, ResponseTimes.None)
                {
                    Machine = worker.Value.Machine, Version = worker.Value.Version, Loops = worker.Value.Loops,
                }),
            ];
        }
    }

    /// <summary>Begins to listen for workers.</summary>
    /// <param name="values">The options.</param>
    /// <param name="host">What surrounds the command.</param>
    /// <param name="loaded">The load test.</param>
    /// <param name="log">The log.</param>
    /// <param name="signals">A signal ends the waiting of a master that stands by.</param>
    /// <param name="resumed">The run that is carried on; null for none.</param>
    /// <exception cref="OptionException">It cannot.</exception>
    public static async Task<MasterRuns> StartAsync(OptionValues values, CommandHost host, LoadedTest loaded, Log log, StopSignals signals, ResumedRun? resumed = null)
    {
        if (values.Get(ClusterOptions.Bus) is { } address)
            return await StartAsync(address, values, host, loaded, log, signals, resumed).ConfigureAwait(false);
        if (values.Get(ClusterOptions.Standby))
            throw new OptionException("--standby goes with --bus: without a broker the log goes with the master, and --resume carries a run on");
        // Own processes only: nobody else needs to get in.
        bool own = !values.Get(ClusterOptions.Master);
        IPAddress bound = own ? IPAddress.Loopback : values.Get(ClusterOptions.BindHost)!;
        bool tls = values.Get(ClusterOptions.Tls) && !own;
        string? given = values.Get(ClusterOptions.Token);
        ClusterToken? token = given is not null ? new ClusterToken(given) : own || tls || !IPAddress.IsLoopback(bound) ? ClusterToken.New() : null;
        HttpCoordinatorBus bus;
        try
        {
            bus = await HttpCoordinatorBus.StartAsync(
                new HttpBusOptions(bound, own ? 0 : values.Get(ClusterOptions.BindPort), token, tls), $"{Environment.MachineName}-{Guid.NewGuid():N}", TimeProvider.System, log.Warning)
                .ConfigureAwait(false);
        }
        catch (BusException e)
        {
            throw new OptionException($"--master-bind-port: {e.Message}");
        }

        // There is no log that would tell of masters before this one, and workers may have heard one: whoever starts later has the higher epoch.
        long before = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        LogFold fold = resumed is null ? LogFold.After(before) : resumed.ToLog(before);
        ClusterHead head = new(bus, ProductVersion.Text, log.Warning, fold, resumes: resumed is not null);
        await head.LeadAsync(CancellationToken.None).ConfigureAwait(false);
        if (!own)
        {
            log.Info($"listening for workers on {bound} port {bus.Port}: onrush --worker --master-host HOST"
                + $"{(bus.Port == HttpBusOptions.DefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $" --master-port {bus.Port}"))}{(tls ? " --cluster-tls" : "")}");
            // A secret that was made is told, but kept nowhere: not in the log of the run, which is in its journal.
            if (given is null && token is not null)
                host.Error.WriteLine($"onrush: the workers need this: ONRUSH_CLUSTER_TOKEN={token.Text}");
        }

        WorkerProcesses? processes = values.Get(ClusterOptions.Processes) is { } count
            ? WorkerProcesses.Start(count, "127.0.0.1", bus.Port, token, tls, values, log)
            : null;
        return new MasterRuns(values, loaded, head, processes, log, resumed);
    }

    /// <inheritdoc cref="StartRun"/>
    public PreparedRun Prepare(LoadTestDefinition test, RunOptions options, IRunRecorder? recorder)
    {
        if (options.Requests is not null)
            throw new OptionException("--request-log: requests are made on the workers; only a run without them can log each");
        // Every worker has to make the same choices, and no two the same users: a seed is needed for both.
        options = options with { Seed = options.Seed ?? Random.Shared.NextInt64() };
        ResumedRun? resumed = Interlocked.Exchange(ref _resumed, null);
        string name = resumed?.Directive?.Run ?? Name();

        // Whoever stands by reads it there.
        SharedBook? book = _broker is null ? null : new SharedBook(recorder, _head, name, resumed);
        Coordinator run = new(test, options, _head, Settings(test, options), name, recorder: book ?? recorder, resumed: resumed);

        // After the coordinator has read everything that the load test needs.
        SharedContents contents = TestShipment.Pack(_loaded.AssemblyPath);
        run.Ships(contents.Hash);
        return new PreparedRun(run, RunAsync, run.LoadTest.OnQuittingAsync) { Scenarios = run.ConfiguredScenarios, Ending = () => run.Ending, Judged = verdict => book?.Judged(verdict, VerdictPatience) };

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
        // Who leads takes the cluster away with it; whoever lost the lead, or never had it, leaves it to the next.
        bool leads = _broker is not null && _head is { Epoch: > 0, IsDeposed: false };
        await _head.DisposeAsync().ConfigureAwait(false);
        if (!leads)
            return;
        try
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(10));
            await _broker!.RemoveAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is BusException or OperationCanceledException)
        {
            _log.Warning($"what the cluster has in the broker stays there: {e.Message}");
        }
    }

    private static async Task<MasterRuns> StartAsync(
        BrokerAddress address, OptionValues values, CommandHost host, LoadedTest loaded, Log log, StopSignals signals, ResumedRun? resumed)
    {
        RabbitMqCoordinatorBus bus = await BrokerBus.ConnectAsync(address, values, log).ConfigureAwait(false);
        ClusterHead head = new(bus, ProductVersion.Text, log.Warning, resumed?.ToLog(0), resumes: resumed is not null);
        Standby? standby = values.Get(ClusterOptions.Standby) ? new Standby(values, host, loaded, log) : null;
        bool goesOn = true;
        ResumedTest? taken = null;
        try
        {
            if (standby is null)
                await BrokerBus.LeadAsync(head, address).ConfigureAwait(false);
            else
                goesOn = await standby.WaitAsync(head, signals).ConfigureAwait(false);
            taken = goesOn ? standby?.TakeOver() : null;
            if (resumed is null && taken is null && goesOn)
            {
                head.CloseLeftover();
                head.LetGo();
            }
        }
        catch
        {
            await head.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        log.Info($"waiting for workers in the cluster {address.Cluster} at {address}: onrush --worker --bus amqp://USER:PASSWORD@HOST/VHOST");
        if (taken is null)
            standby?.Leave();
        WorkerProcesses? processes = goesOn && values.Get(ClusterOptions.Processes) is { } count ? WorkerProcesses.Start(count, "", 0, null, tls: false, values, log, address) : null;
        return new MasterRuns(values, loaded, head, processes, log, taken?.Run ?? resumed, bus) { TakenOver = taken, GoesOn = goesOn };
    }

    private string Name() => string.Create(CultureInfo.InvariantCulture, $"{_session}-{Interlocked.Increment(ref _number)}");

    private ClusterSettings Settings(LoadTestDefinition test, RunOptions options) => new()
    {
        ExpectedWorkers = Math.Max(_values.Get(ClusterOptions.ExpectWorkers), _values.Get(ClusterOptions.Processes) ?? 1),
        ExpectedMaxWait = _values.Get(ClusterOptions.ExpectMaxWait),
        LateAfter = _values.Get(ClusterOptions.LateAfter),
        MissingAfter = _values.Get(ClusterOptions.MissingAfter),
        OverloadedAfter = _values.Get(ClusterOptions.OverloadedAfter),
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
