using Onrush.Engine;
using Onrush.Runs;

namespace Onrush.Cluster;

/// <summary>
/// One run on one worker, on a thread of its own. It needs nobody between two directives: users, arrivals and the planned end come by themselves, reports are
/// kept until somebody takes them. Its course:
/// <code>
/// state       event                                       then       what happens
/// preparing   load test and loops are ready               ready      says so
/// preparing   something cannot be                         failed     says why
/// ready       a start, and a share                        running    the orders are carried out, a report each second of the run
/// ready       an end                                      done
/// running     an end, or the planned end without it       ending     nothing new begins; iterations get their time, then requests one second
/// running     no coordinator for too long                 ending     the same
/// running     wants to leave, and its share is gone       ending     the same; iterations that are left go to others
/// running     a cut                                       ending     requests under way are cancelled, code gets an exception
/// ending      nobody is left, or the time is over, or cut ending     the same, for those who are left
/// ending      after a cut nobody is left, or five seconds done       the last report
/// </code>
/// </summary>
internal sealed partial class WorkerRun
{
    // The loops end a phase on time; one that user code holds is given up after so much more.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastReadPatience = TimeSpan.FromSeconds(2);

    // A coordinator that is there has ended the run by then.
    private static readonly long EndSlackNs = 2 * MonotonicClock.Second;

    private readonly string _worker;
    private readonly WorkerSettings _settings;
    private readonly PrepareTest _prepare;
    private readonly Outbox _outbox;
    private readonly TimeProvider _time;
    private readonly Func<long> _offsetNs;
    private readonly Action<string> _log;
    private readonly AutoResetEvent _wake = new(false);
    private readonly CancellationTokenSource _cut = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Directive _newest;
    private Directive _followed;
    private WorkerLoad? _load;
    private WorkerState _state = WorkerState.Preparing;
    private bool _killing;
    private bool _leaves;
    private long _leaveUntilNs = long.MaxValue;
    private long _alone = long.MaxValue;
    private long _startNs;
    private long _tick;
    private long _phaseEndNs = long.MaxValue;

    public WorkerRun(
        string worker, Directive first, WorkerSettings settings, PrepareTest prepare, Outbox outbox, TimeProvider time, Func<long> offsetNs, Action<string> log)
    {
        (_worker, _settings, _prepare, _outbox, _time, _offsetNs, _log) = (worker, settings, prepare, outbox, time, offsetNs, log);
        _newest = first;
        _followed = first with { Revision = 0 };
    }

    /// <summary>The run.</summary>
    public string Run => _newest.Run;

    /// <summary>Completes when everything is over here.</summary>
    public Task Over => _over.Task;

    /// <summary>What kept it from being prepared; null when nothing did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Starts the thread.</summary>
    /// <param name="before">The run before, which has the machine until it is over.</param>
    public void Begin(Task before) => new Thread(() =>
    {
        before.Wait();
        CarryOut();
    })
    { IsBackground = true, Name = "onrush worker" }.Start();

    /// <summary>Takes a directive. Any thread.</summary>
    public void Follow(Directive directive)
    {
        lock (_wake)
        {
            if (directive.Run != _newest.Run || !directive.IsNewerThan(_newest))
                return;
            _newest = directive;
        }

        _wake.Set();
    }

    /// <summary>Wants to hand its share back and go. Any thread.</summary>
    public void Leave()
    {
        Volatile.Write(ref _leaveUntilNs, MonotonicClock.Now + (long)_settings.LeavePatience.TotalNanoseconds);
        Volatile.Write(ref _leaves, true);
        Tell();
    }

    /// <summary>Ends it now. Any thread.</summary>
    public void Cut()
    {
        _cut.Cancel();
        _wake.Set();
    }

    /// <summary>The connection to the coordinator is there, or is gone. Any thread.</summary>
    public void OnConnection(bool connected)
    {
        Volatile.Write(ref _alone, connected ? long.MaxValue : MonotonicClock.Now);
        _wake.Set();
    }

    private void CarryOut()
    {
        try
        {
            Prepare();
            while (_state is not (WorkerState.Done or WorkerState.Failed))
                Step();
        }
        catch (Exception e)
        {
            Failure = e;
            (_state, _problem) = (WorkerState.Failed, e is LoadTestException ? e.Message : $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
            Say(null);
        }
        finally
        {
            _load?.Dispose();
            _over.SetResult();
        }
    }

    private void Prepare()
    {
        Say(null);
        var first = _newest;
        var test = _prepare(first, _cut.Token).GetAwaiter().GetResult();
        _load = new WorkerLoad(_worker, test, _settings, _time, OnStopAsked, () => _wake.Set());
        _load.Take(first.Roster, Local);
        _state = WorkerState.Ready;
        Say(null);
    }

    private void Step()
    {
        Directive newest;
        lock (_wake)
            newest = _newest;
        if (newest.IsNewerThan(_followed))
            Obey(newest);
        if (_cut.IsCancellationRequested && !_killing)
            Kill();
        var nowNs = MonotonicClock.Now;
        Advance(nowNs);
        if (_state is WorkerState.Done)
            return;
        SayChanges();
        var waitNs = Math.Min(NextEventNs(), nowNs + MonotonicClock.Second) - MonotonicClock.Now;
        if (waitNs > 0)
            _wake.WaitOne(TimeSpan.FromMicroseconds(Math.Max(200, waitNs / 1000.0)));
    }

    private void Obey(Directive directive)
    {
        if (_state == WorkerState.Ready && directive is { Stage: RunStage.Running, StartNs: > 0 } && directive.Roster.OrdinalOf(_worker) >= 0)
            Start(directive);
        else if (_state == WorkerState.Running && directive.Roster.Revision > _followed.Roster.Revision)
            _load!.Take(directive.Roster, Local);
        if (_state == WorkerState.Running)
        {
            _load!.Take(directive.Orders, Local);
            _load.Take(directive.Grants);
        }

        var asked = directive.ReportsAsked > _followed.ReportsAsked && _state is WorkerState.Running or WorkerState.Ending;
        _followed = directive;
        if (directive.Stage is RunStage.Ending && _state is WorkerState.Ready or WorkerState.Running)
            End(TimeSpan.FromTicks(directive.PatienceNs / TimeSpan.NanosecondsPerTick), handsBack: false);
        else if (directive.Stage >= RunStage.Killing && !_killing)
            Kill();
        else if (asked)
            Say(_load!.Report(_settings.ReadPatience));
    }

    private void Start(Directive directive)
    {
        _startNs = Local(directive.StartNs);
        _load!.Take(directive.Roster, Local);
        _load.Discard();
        _tick = Math.Max(1, (MonotonicClock.Now - _startNs) / MonotonicClock.Second + 1);
        _state = WorkerState.Running;
    }

    private void Advance(long nowNs)
    {
        if (_state is WorkerState.Running or WorkerState.Ending && nowNs >= NextTickNs)
        {
            Say(_load!.Report(_settings.ReadPatience));
            _tick = Math.Max(_tick + 1, (MonotonicClock.Now - _startNs) / MonotonicClock.Second + 1);
        }

        if (_state == WorkerState.Running)
        {
            if (Volatile.Read(ref _leaves) && (HasNothing || nowNs >= Volatile.Read(ref _leaveUntilNs)))
                End(TimeSpan.FromTicks(_followed.PatienceNs / TimeSpan.NanosecondsPerTick), handsBack: HasNothing);
            else if (nowNs >= OwnEndNs)
                End(TimeSpan.FromTicks(_followed.PatienceNs / TimeSpan.NanosecondsPerTick), handsBack: false);
        }
        else if (_state == WorkerState.Ending && (_load!.Alive == 0 || nowNs >= _phaseEndNs))
        {
            if (_killing)
                Finish();
            else
                Kill();
        }
        else if (_state == WorkerState.Ready && Volatile.Read(ref _leaves))
        {
            Finish();
        }
    }

    private void End(TimeSpan patience, bool handsBack)
    {
        if (_state == WorkerState.Ready)
        {
            Finish();
            return;
        }

        Say(_load!.Report(_settings.ReadPatience));
        _state = WorkerState.Ending;
        _load.End(patience, handsBack);
        Expect(patience + Drain + Margin);
    }

    private void Kill()
    {
        _killing = true;
        _state = WorkerState.Ending;
        _load?.Kill();
        Expect(KillTime + Margin);
    }

    private void Finish()
    {
        // A loop that user code holds for ever is given up.
        var last = _load!.Report(LastReadPatience);
        _state = WorkerState.Done;
        Say(last);
    }

    private void Expect(TimeSpan time) => _phaseEndNs = MonotonicClock.Now + (long)time.TotalNanoseconds;

    /// <summary>Whether the roster in force leaves it nothing.</summary>
    private bool HasNothing => _followed.Roster is { Revision: > 0 } roster && MonotonicClock.Now >= Local(roster.AtNs) && roster.CountOf(roster.OrdinalOf(_worker)) == 0;

    private long NextTickNs => _startNs + _tick * MonotonicClock.Second;

    /// <summary>When it ends by itself.</summary>
    private long OwnEndNs
    {
        get
        {
            var planned = _followed.EndNs == long.MaxValue ? long.MaxValue : Local(_followed.EndNs) + EndSlackNs;
            var alone = Volatile.Read(ref _alone);
            return alone == long.MaxValue || _settings.OrphanTimeout is not { } patience ? planned : Math.Min(planned, alone + (long)patience.TotalNanoseconds);
        }
    }

    private long NextEventNs() => _state switch
    {
        WorkerState.Running => Math.Min(NextTickNs, OwnEndNs),
        WorkerState.Ending => Math.Min(NextTickNs, _phaseEndNs),
        _ => long.MaxValue,
    };

    private long Local(long runNs) => RunClock.ToMonotonic(runNs - _offsetNs());
}
