namespace Onrush.Cluster;

/// <summary>Gets the load test of a run ready.</summary>
/// <param name="directive">Names it.</param>
/// <param name="cancel">Ends the wait.</param>
internal delegate Task<WorkerTest> PrepareTest(Directive directive, CancellationToken cancel);

/// <summary>
/// A worker: says hello whenever it is connected, listens to the highest epoch it has heard, and carries out one run after the other. Its bus calls it one
/// message at a time; what a run does happens on a thread of its own.
/// </summary>
internal sealed class Worker : IWorkerBusHandler, IAsyncDisposable
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);

    private readonly IWorkerBus _bus;
    private readonly WorkerInfo _info;
    private readonly WorkerSettings _settings;
    private readonly PrepareTest _prepare;
    private readonly TimeProvider _time;
    private readonly Action<string> _log;
    private readonly Outbox _outbox;
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource<string> _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private WorkerRun? _run;
    private long _epoch;
    private long _offsetNs;
    private bool _leaves;

    /// <param name="bus">Its end of the bus; started and disposed of here.</param>
    /// <param name="info">What it is.</param>
    /// <param name="settings">How it behaves.</param>
    /// <param name="prepare">Gets load tests ready.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="log">Takes what people should know, one sentence each.</param>
    public Worker(IWorkerBus bus, WorkerInfo info, WorkerSettings settings, PrepareTest prepare, TimeProvider time, Action<string> log)
    {
        (_bus, _info, _settings, _prepare, _time, _log) = (bus, info, settings, prepare, time, log);
        _outbox = new Outbox(bus, time, settings.MostReportsWaiting);
    }

    /// <summary>Its name.</summary>
    public string Name => _bus.Worker;

    /// <summary>Completes with the reason when the coordinator does not want it.</summary>
    public Task<string> Refused => _refused.Task;

    /// <summary>Messages of an epoch before the one it listens to.</summary>
    public int StaleMessages { get; private set; }

    /// <summary>What kept the last run from being prepared; null when nothing did.</summary>
    public Exception? Failure => _run?.Failure;

    /// <summary>Completes when no run goes on here.</summary>
    public Task Idle => _run?.Over ?? Task.CompletedTask;

    /// <summary>Begins to connect.</summary>
    public void Start() => _bus.Start(this);

    /// <summary>Hands its share back, lets iterations finish, says everything it measured, and goes.</summary>
    public async Task LeaveAsync(TimeSpan patience)
    {
        WorkerRun? run;
        lock (_gate)
            (_leaves, run) = (true, _run);
        if (run is not null)
        {
            run.Leave();
            await run.Over.ConfigureAwait(false);
        }

        _outbox.Add(new GoneRecord(_bus.Worker));
        await Task.WhenAny(_outbox.Empty, Task.Delay(patience, _time)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        _run?.Cut();
        if (_run is { } run)
            await run.Over.ConfigureAwait(false);
        _outbox.Dispose();
        await _bus.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void OnConnected()
    {
        if (_settings.HasOwnClock)
            _ = SynchronizeAsync();
        else
            SayHello();
        _run?.OnConnection(connected: true);
    }

    /// <inheritdoc/>
    public void OnDisconnected(string reason)
    {
        _log($"The connection to the master is lost: {reason.TrimEnd('.')}. Connecting again; a run goes on meanwhile.");
        _run?.OnConnection(connected: false);
    }

    /// <inheritdoc/>
    public void OnMessage(CoordinatorMessage message)
    {
        if (message.Epoch < _epoch)
        {
            if (StaleMessages++ == 0)
                _log($"A master of epoch {message.Epoch} was not listened to: this worker follows epoch {_epoch}.");
            return;
        }

        var isAnother = _epoch != 0 && message.Epoch > _epoch;
        _epoch = message.Epoch;
        if (isAnother && _settings.HasOwnClock)
        {
            // Its clock is another one, and it may not know this worker.
            _ = SynchronizeAsync();
        }

        switch (message)
        {
            case RefusalMessage refusal:
                _refused.TrySetResult(refusal.Reason);
                break;
            case DirectiveMessage { Directive: var directive }:
                Follow(directive);
                break;
        }
    }

    // A master that is just coming up, or stands by, does not tell the time yet; and a worker that never said hello would never be asked.
    private async Task SynchronizeAsync()
    {
        while (_bus.IsConnected && !_closed.IsCancellationRequested)
        {
            try
            {
                var offset = await ClockSync.MeasureAsync(_bus, _closed.Token).ConfigureAwait(false);
                Interlocked.Exchange(ref _offsetNs, offset);
                SayHello();
                return;
            }
            catch (Exception e) when (e is BusException or OperationCanceledException)
            {
                await Task.Delay(AskAgain, _time, _closed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void SayHello()
    {
        _outbox.Add(new HelloRecord(_bus.Worker, _info));
        _run?.Tell();
    }

    private void Follow(Directive directive)
    {
        WorkerRun run;
        lock (_gate)
        {
            if (_run is null || _run.Run != directive.Run)
            {
                if (_leaves || directive.Stage != RunStage.Preparing && directive.Stage != RunStage.Running)
                    return;
                var before = _run;
                before?.Cut();
                _run = new WorkerRun(_bus.Worker, directive, _settings, _prepare, _outbox, _time, () => Interlocked.Read(ref _offsetNs), _log);
                _run.Begin(before?.Over ?? Task.CompletedTask);
            }

            run = _run;
        }

        run.Follow(directive);
    }
}
