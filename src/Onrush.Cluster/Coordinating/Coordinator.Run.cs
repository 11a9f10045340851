using System.Runtime.ExceptionServices;
using Onrush.Engine;
using Onrush.Runs;
using Onrush.Runs.Journal;

namespace Onrush.Cluster;

// The course of a run, from the first check to the last word. Instants are nanoseconds of the coordinator's clock.
internal sealed partial class Coordinator
{
    // What the workers need at the end at most, besides the stop timeout: a second for requests, five for cut code, and what user code may hold up.
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan HandInTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SilenceTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeadTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastWordTime = TimeSpan.FromSeconds(3);

    private long _startNs;
    private long _second;
    private long _heardNs;
    private bool _isEndTold;

    private RunSnapshot Run()
    {
        if (_resumed is not { IsToBeClosed: true })
            TargetHosts.CheckAsync(Classes, _options.Host).GetAwaiter().GetResult();
        if (_settings.IsLocal && NeedsConnections && ProcessLimits.Objection(_director.CertainUsers, _options.LocalAddresses) is { } objection)
            throw new LoadTestException(objection);
        if (_resumed is null)
            _hooks.Starting();
        _head.Attach(this);
        try
        {
            if (_resumed is { IsToBeClosed: true })
            {
                Conclude(_resumed);
                return Snapshot;
            }

            if (_resumed is not null)
            {
                Resume(_resumed);
            }
            else
            {
                Gather();
                Begin();
                _hooks.Started();
            }

            RunSeconds();
            End();
            return Snapshot;
        }
        finally
        {
            _over = true;
            if (_directive is { Revision: > 0, Stage: not RunStage.Closed })
            {
                Decide(directive => directive with { Stage = RunStage.Closed });
                _head.Settle(LastWordTime);
            }

            DismissAsync().GetAwaiter().GetResult();
            _head.Detach(this);
        }
    }

    private void Begin()
    {
        var leadNs = Nanoseconds(_settings.StartLead);
        var startNs = RunClock.Now + leadNs;

        // The seconds of a run on one machine begin with the decision: its orders hold ten milliseconds later.
        _startNs = _settings.IsLocal ? RunClock.Now : startNs;
        var roster = _directive.Roster.Revision > 0 ? _directive.Roster : RosterPlan.First([.. _crew.Counting.OrderBy(member => member.Ordinal).Select(member => member.Name)], startNs);
        Decide(directive => directive with
        {
            Stage = RunStage.Running,
            Roster = roster,
            StartNs = _startNs,
            EndNs = _options.RunTime is { } time ? _startNs + Nanoseconds(time) : long.MaxValue,
        });

        // Ahead of the instant, so that every worker has it by then: who gets an order when it is due begins as much later as it was on its way.
        TryGive(() => _director.Start(startNs));
        if (!_settings.IsLocal)
            WaitUntil(startNs, () => _stopReason is not null);
        Apply(RunPhase.Spawning);
    }

    private void RunSeconds()
    {
        var endNs = _directive.EndNs;
        for (_second = Math.Max(1, (RunClock.Now - _startNs) / MonotonicClock.Second + 1); ; _second++)
        {
            var dueNs = _startNs + _second * MonotonicClock.Second;
            WaitUntil(Math.Min(dueNs, endNs), () => _stopReason is not null || _director.IsOver);
            if (_stopReason is not null)
                return;
            Fold(dueNs);
            if (RunClock.Now >= endNs)
            {
                _stopReason = "The run time is over.";
                return;
            }

            _stopReason ??= _judge.Second(TimeSpan.FromTicks((RunClock.Now - _startNs) / TimeSpan.NanosecondsPerTick));
            AnnounceRamp();
            if (_director.IsOver)
            {
                _stopReason ??= _plan[0].Name == ScenarioPlans.DefaultScenario ? "Every user has ended." : "Every scenario is over.";
                return;
            }

            AskShapes();
        }
    }

    private void End()
    {
        // Who was asleep may have lost the lead: whoever has it now ends the run.
        WaitUntil(RunClock.Now + Nanoseconds(LeadTime), () => !_head.Lost.IsCancellationRequested);
        if (!_isEndTold)
        {
            _hooks.Stopping();
            Apply(RunPhase.Stopping, _stopReason);
        }

        Decide(directive => directive with { Stage = _aborted ? RunStage.Killing : RunStage.Ending });
        var patienceNs = Math.Max(RunClock.Now, _returnUntilNs) + Nanoseconds(_options.StopTimeout + EndTime + _settings.ReportPatience);
        var killing = _aborted;
        while (!_crew.IsDone && (RunClock.Now < patienceNs || AreHandingIn(patienceNs)))
        {
            WaitUntil(RunClock.Now + MonotonicClock.Second, () => _crew.IsDone || (_aborted && !killing));
            if (_aborted && !killing)
            {
                killing = true;
                Decide(directive => directive with { Stage = RunStage.Killing });
            }

            if (!_crew.IsDone)
                Show();
        }

        GiveUp();
        if (_crew.Abandoned is > 0 and var left)
            EngineLog.Warn($"{left} user(s) did not end: their code waits for something that the engine cannot cut. Hand StopToken to such calls.");
        _hooks.Stopped();
        Apply(RunPhase.Stopped, _stopReason);
        Judge();
    }

    private void Judge()
    {
        Ending = new RunEnding(_loadTest, _judge.End(_loadTest, _book.State.Snapshot(_book.UnixMs)), _judge.Metrics);
        _over = true;
        Show();
    }

    // After an outage workers may have minutes of reports to hand in: as long as they do, their end is worth waiting for.
    private bool AreHandingIn(long patienceNs) => RunClock.Now < patienceNs + Nanoseconds(HandInTime) && RunClock.Now < _heardNs + Nanoseconds(SilenceTime);

    // Of whom the end was not heard some of the results are missing.
    private void GiveUp()
    {
        foreach (var member in _settings.IsLocal ? [] : _crew.Counting.Where(member => member.IsActive).ToArray())
        {
            member.IsOut = true;
            EngineLog.Warn($"Worker {member.Name} on {member.Info.Machine} did not tell its end: what it measured since its last report, up to {Time(member.Tally.ReportedMs)} s of the run, is not in the results.");
            _book.Apply(new RosterChange(member.Name, 1, Joined: false));
        }
    }

    /// <summary>Waits for the reports of the second that ends at an instant, or of all until now when it has not come yet, and shows what they give.</summary>
    private void Fold(long dueNs)
    {
        if (RunClock.Now < dueNs)
        {
            AskForReports();
        }
        else
        {
            // Workers end their seconds by their own clocks, and a loop that user code holds is left out after a while.
            var dueMs = dueNs / MonotonicClock.Millisecond - 200;
            WaitUntil(dueNs + Nanoseconds(_settings.ReportPatience), () => _crew.HaveReported(dueMs));
        }

        Show();
    }

    private void AskForReports()
    {
        Decide(directive => directive with { ReportsAsked = directive.ReportsAsked + 1 });
        var asked = _directive.ReportsAsked;
        Wait(RunClock.Now + Nanoseconds(_settings.ReportPatience), () => _crew.HaveAnswered(asked), commands: false);
    }

    private void WaitUntil(long dueNs, Func<bool> done) => Wait(dueNs, done, commands: true);

    /// <summary>Waits, taking what comes from workers and carrying out commands, until the instant or until there is something to do.</summary>
    private void Wait(long dueNs, Func<bool> done, bool commands)
    {
        while (true)
        {
            Drain();
            while (commands && _commands.TryDequeue(out var command))
                command();
            Watch();
            Advance();
            var leftNs = dueNs - RunClock.Now;
            if (leftNs <= 0 || done())
                return;
            _wake.WaitOne(TimeSpan.FromMicroseconds(Math.Clamp(leftNs / 1000.0, 1000, 1_000_000)));
        }
    }

    private void Apply(RunPhase phase, string? reason = null)
    {
        var nowMs = _book.UnixMs;
        var target = phase > RunPhase.Running ? 0 : _director.TargetUsers;
        _book.Apply(new RunChange(nowMs, phase, target, _director.SpawnRate, reason) { Scenarios = Facts.Of(_director, RunClock.Now, nowMs) });
    }

    private async Task DismissAsync()
    {
        foreach (var worker in _ownWorkers)
        {
            await worker.Idle.ConfigureAwait(false);
            await worker.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void ThrowWhatKeepsOwnWorkers()
    {
        foreach (var failure in _ownWorkers.Select(worker => worker.Failure).OfType<Exception>())
            ExceptionDispatchInfo.Throw(failure);
    }

    private static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;
}
