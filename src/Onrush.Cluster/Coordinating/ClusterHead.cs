namespace Onrush.Cluster;

/// <summary>
/// The leader's end of the log, for as long as its process lives: folds it, greets workers, passes on what counts of it to the run that goes on, and gives
/// decisions out once they are in the log. Any thread may call it.
/// </summary>
internal sealed class ClusterHead : IAsyncDisposable
{
    private static readonly TimeSpan DecideAgain = TimeSpan.FromMilliseconds(200), ClaimAgain = TimeSpan.FromSeconds(2);

    // A disk that hangs must not hold up the run: whoever carries on after this one then knows less than workers were told.
    private static readonly TimeSpan KeepPatience = TimeSpan.FromSeconds(2);

    private readonly ICoordinatorBus _bus;
    private readonly string _version;
    private readonly Action<string> _log;
    private readonly LogFold _fold;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, WorkerInfo> _workers = [];
    private readonly TaskCompletionSource _claimed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private TaskCompletionSource _fenced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IDisposable? _reading;
    private readonly Queue<(ClusterRecord Record, Task Kept)> _undecided = new();
    private Queue<(long Offset, ClusterRecord? Record)>? _held;
    private readonly CancellationTokenSource _closed = new();
    private bool _deciding;
    private TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ILeadership? _leadership;
    private IRunInbox? _inbox;

    /// <param name="bus">Its end of the bus; disposed of here.</param>
    /// <param name="version">Version of onrush; workers of another one are refused.</param>
    /// <param name="log">Takes what people should know, one sentence each.</param>
    /// <param name="fold">The log as far as it is known from elsewhere; null begins with an empty one.</param>
    /// <param name="resumes">Whether a run goes on already: what comes before it is attached waits for it.</param>
    /// <param name="time">Its clock.</param>
    public ClusterHead(ICoordinatorBus bus, string version, Action<string> log, LogFold? fold = null, bool resumes = false, TimeProvider? time = null) =>
        (_bus, _version, _log, _fold, _held, _time) = (bus, version, log, fold ?? new LogFold(), resumes ? new() : null, time ?? TimeProvider.System);

    /// <summary>A worker has come or gone; on a thread of the bus.</summary>
    public event Action? WorkersChanged;

    /// <summary>The epoch that it leads in; 0 before.</summary>
    public long Epoch { get; private set; }

    /// <summary>Whether another one has taken the lead after it: what it decides from then on does not count.</summary>
    public bool IsDeposed { get; private set; }

    /// <summary>Cancelled when it no longer leads.</summary>
    public CancellationToken Lost => _leadership?.Lost ?? CancellationToken.None;

    /// <summary>The workers that said hello and did not say farewell.</summary>
    public IReadOnlyList<KeyValuePair<string, WorkerInfo>> Workers
    {
        get
        {
            lock (_gate)
                return [.. _workers];
        }
    }

    /// <summary>When each worker was heard.</summary>
    public IReadOnlyList<WorkerPresence> Presence => _bus.Presence;

    /// <summary>The last decision that counted.</summary>
    public Directive? Directive
    {
        get
        {
            lock (_gate)
                return _fold.Directive;
        }
    }

    /// <summary>Leads: waits for its turn, takes the next epoch, and knows all that was in the log before.</summary>
    public async Task LeadAsync(CancellationToken cancel)
    {
        Read();
        _leadership = await _bus.LeadAsync(cancel).ConfigureAwait(false);
        while (!_claimed.Task.IsCompleted)
        {
            // Who has not read the whole log yet claims an epoch that was taken. It learns that when it reads its claim, and everything before it, and then claims the right one.
            long next;
            Task fenced;
            lock (_gate)
            {
                next = _fold.Epoch + 1;
                _fenced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                fenced = _fenced.Task;
            }

            await _bus.AppendAsync(new ClaimRecord(_bus.Candidate, next), cancel).ConfigureAwait(false);
            await Task.WhenAny(_claimed.Task, fenced, Task.Delay(ClaimAgain, _time, cancel)).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
        }

        _bus.Broadcast(new WelcomeMessage(Epoch));
        _ = KeepAsync();
    }

    /// <summary>Begins to read the log, also before it leads.</summary>
    public void Read() => _reading ??= _bus.Read(0, OnRecord);

    /// <summary>Offers contents to workers.</summary>
    public Task OfferAsync(SharedContents contents, CancellationToken cancel) => _bus.OfferAsync(contents, cancel);

    /// <summary>A run takes what comes from now on.</summary>
    public void Attach(IRunInbox inbox)
    {
        lock (_gate)
        {
            while (_held is not null && _held.TryDequeue(out var record))
                inbox.Take(record.Offset, record.Record);
            (_inbox, _held) = (inbox, null);
        }
    }

    /// <summary>The run is over.</summary>
    public void Detach(IRunInbox inbox)
    {
        lock (_gate)
        {
            if (_inbox == inbox)
                _inbox = null;
        }

        Release(_fold.Offset);
    }

    /// <summary>Everything up to an offset is kept.</summary>
    public void Release(long offset) => _bus.Release(offset);

    /// <summary>Waits until every decision so far is in the log, as long as that may take.</summary>
    public void Settle(TimeSpan patience)
    {
        Task settled;
        lock (_gate)
        {
            if (!_deciding)
                return;
            settled = _settled.Task;
        }

        settled.Wait(patience);
    }

    /// <summary>Puts a decision into the log, after those before it; it is sent when it is there. While the bus has no connection, decisions wait.</summary>
    /// <param name="directive">The decision.</param>
    /// <param name="kept">Completes when it survives this process; it is not sent before, unless that takes too long.</param>
    public void Decide(Directive directive, Task kept)
    {
        Put(new DecisionRecord(_bus.Candidate, directive), kept);
    }

    /// <summary>Notes something about a run in the log, for who may carry it on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="frame">The note.</param>
    /// <param name="isRepeated">Whether it was noted before, and is only for who does not know it.</param>
    public void Tell(string run, byte[] frame, bool isRepeated = false) =>
        Put(new BookRecord(_bus.Candidate, Epoch, run, frame) { IsRepeated = isRepeated }, Task.CompletedTask);

    /// <summary>Puts the last decision into the log once more, for who finds its beginning gone; for all others it does not count.</summary>
    public void Repeat()
    {
        if (Directive is { } last && last.Epoch == Epoch)
            Put(new DecisionRecord(_bus.Candidate, last), Task.CompletedTask);
    }

    /// <summary>What comes from now on waits for the next that is attached.</summary>
    public void Hold()
    {
        lock (_gate)
            (_inbox, _held) = (null, new());
    }

    /// <summary>Nobody waits for what comes: there is no run.</summary>
    public void LetGo()
    {
        lock (_gate)
            _held = null;
        Release(_fold.Offset);
    }

    private void Put(ClusterRecord record, Task kept)
    {
        lock (_gate)
        {
            _undecided.Enqueue((record, kept));
            if (_deciding)
                return;
            _deciding = true;
            _settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _ = DecideAllAsync();
    }

    /// <summary>Ends a run of a master before, which nobody carries on: workers may still be at it.</summary>
    public void CloseLeftover()
    {
        Directive? left;
        lock (_gate)
            left = _fold.Directive;
        if (left is not { Stage: not RunStage.Closed })
            return;
        _log($"A run of a master before ({left.Run}) was not over: it is ended.");
        Decide(left with { Epoch = Epoch, Revision = left.Revision + 1, Stage = RunStage.Closed }, Task.CompletedTask);
    }

    /// <summary>Tells a worker that it cannot take part.</summary>
    public void Refuse(string worker, string reason)
    {
        lock (_gate)
            _workers.Remove(worker);
        _bus.SendTo(worker, new RefusalMessage(Epoch, reason));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        _reading?.Dispose();
        if (_leadership is not null)
            await _leadership.DisposeAsync().ConfigureAwait(false);
        await _bus.DisposeAsync().ConfigureAwait(false);
    }

    // A connection that was lost takes the lead with it. Nobody else may have taken it meanwhile: the log tells.
    private async Task KeepAsync()
    {
        while (_leadership is { Lost.IsCancellationRequested: false } leadership)
        {
            var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using (leadership.Lost.Register(lost.SetResult))
                await lost.Task.ConfigureAwait(false);
            if (_closed.IsCancellationRequested || IsDeposed)
                return;
            try
            {
                _leadership = await _bus.LeadAsync(_closed.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task DecideAllAsync()
    {
        while (true)
        {
            (ClusterRecord Record, Task Kept) next;
            lock (_gate)
            {
                if (_closed.IsCancellationRequested || !_undecided.TryDequeue(out next))
                {
                    _deciding = false;
                    _settled.TrySetResult();
                    return;
                }
            }

            if (!next.Kept.IsCompleted)
                await Task.WhenAny(next.Kept, Task.Delay(KeepPatience, _closed.Token)).ConfigureAwait(false);
            await AppendAsync(next.Record).ConfigureAwait(false);
        }
    }

    // One that got into the log although nobody confirmed it is there twice, and counts once.
    private async Task AppendAsync(ClusterRecord record)
    {
        var told = false;
        while (!_closed.IsCancellationRequested)
        {
            try
            {
                await _bus.AppendAsync(record, _closed.Token).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (e is BusException or OperationCanceledException)
            {
                if (!told && !_closed.IsCancellationRequested)
                    _log($"A decision has not reached the log yet: {e.Message}");
                told = true;
                await Task.Delay(DecideAgain, _closed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void OnRecord(LogRecord entry)
    {
        IRunInbox? inbox;
        ClusterRecord? counts;
        bool isHeld;
        lock (_gate)
        {
            counts = _fold.Apply(entry);
            inbox = _inbox;
            isHeld = _held is not null;
            if (counts is null && entry.Record is ClaimRecord late && late.Sender == _bus.Candidate)
                _fenced.TrySetResult();
            _held?.Enqueue((entry.Offset, counts));

            // Here, so that it has all of it when another takes its place.
            inbox?.Take(entry.Offset, counts);
        }

        switch (counts)
        {
            case ClaimRecord claim when claim.Sender == _bus.Candidate:
                Epoch = claim.Epoch;
                _claimed.TrySetResult();
                break;
            case ClaimRecord claim when _claimed.Task.IsCompleted:
                IsDeposed = true;
                _log($"Another master, {claim.Sender}, has taken the lead: this one decides nothing any more.");
                break;
            case DecisionRecord { Directive: var directive } when _claimed.Task.IsCompleted:
                _bus.Broadcast(new DirectiveMessage(Epoch, directive));
                break;
            case HelloRecord hello:
                Greet(hello);
                break;
            case GoneRecord gone:
                lock (_gate)
                    _workers.Remove(gone.Sender);
                WorkersChanged?.Invoke();
                break;
        }

        if (inbox is null && !isHeld)
            Release(entry.Offset);
    }

    private void Greet(HelloRecord hello)
    {
        if (hello.Info.Version != _version)
        {
            var reason = $"it is onrush {hello.Info.Version} and the master is {_version}: install the same version on both";
            _log($"Worker {hello.Sender} on {hello.Info.Machine} was refused: {reason}.");
            _bus.SendTo(hello.Sender, new RefusalMessage(Epoch, reason));
            return;
        }

        Directive? directive;
        lock (_gate)
        {
            _workers[hello.Sender] = hello.Info;
            directive = _fold.Directive;
        }

        if (_claimed.Task.IsCompleted)
        {
            _bus.SendTo(hello.Sender, new WelcomeMessage(Epoch));
            if (directive is not null)
                _bus.SendTo(hello.Sender, new DirectiveMessage(Epoch, directive));
        }

        WorkersChanged?.Invoke();
    }
}

/// <summary>Takes what counts in the log while a run goes on; called one at a time, and short.</summary>
internal interface IRunInbox
{
    /// <param name="offset">Place in the log.</param>
    /// <param name="record">The record; null when it does not count.</param>
    void Take(long offset, ClusterRecord? record);
}
