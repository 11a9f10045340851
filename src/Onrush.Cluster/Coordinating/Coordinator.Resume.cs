using System.Globalization;
using Onrush.Engine;
using Onrush.Runs;

namespace Onrush.Cluster;

// Carrying on a run whose coordinator has ended. Its workers go on meanwhile; they come back, say how they stand and hand in what they have measured.
internal sealed partial class Coordinator
{
    // What workers need at most to find the coordinator again: two attempts to connect, with the pause between them.
    private static readonly TimeSpan ReturnTime = TimeSpan.FromSeconds(15);

    // Workers that are there forget the run when they are told; those that are not hear of it when they come back, as long as this process lives.
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(5);

    private readonly ResumedRun? _resumed;
    private long _returnUntilNs;

    /// <summary>Whether workers may still be on their way back.</summary>
    private bool AreReturning => RunClock.Now < _returnUntilNs;

    /// <summary>
    /// Goes on where the last decision was:
    /// <code>
    /// stage         what is done
    /// preparing     workers are gathered, as in a new run; the hook before the first user has run
    /// running       the start is given, or told, if it was not yet; then second after second
    /// running, and the end was asked for; ending; killing      the end goes on; its hook has run if the end was told
    /// </code>
    /// </summary>
    private void Resume(ResumedRun resumed)
    {
        _returnUntilNs = RunClock.Now + Nanoseconds(ReturnTime);
        if (resumed.KnownSince is { } since)
            EngineLog.Warn(string.Create(CultureInfo.InvariantCulture, $"The log had lost the beginning of this run when this master began to stand by: what was measured before {since:yyyy-MM-dd HH:mm:ss} UTC is not in its results."));
        foreach (var member in resumed.Members())
            _crew.Add(member);
        Show();
        if (_directive.Stage == RunStage.Preparing)
        {
            Gather();
            Begin();
            _hooks.Started();
            return;
        }

        _startNs = _directive.StartNs;
        _director.Restore(_directive.Orders.Select(numbered => numbered.Order), resumed.Scenarios);
        _ramp = 1;
        _announcedRamp = resumed.Change?.Phase == RunPhase.Spawning ? 0 : 1;
        _isEndTold = resumed.Change?.Phase == RunPhase.Stopping;
        if (_isEndTold || _directive.Stage != RunStage.Running)
            (_stopReason, _aborted) = (resumed.Change?.Reason ?? "It was ended.", _directive.Stage == RunStage.Killing);
        Decide(directive => directive);
        _rosterRevision = _directive.Revision;
        if (_stopReason is not null || resumed.Change is not null)
            return;
        if (_directive.Orders.Count == 0)
            TryGive(() => _director.Start(Math.Max(_startNs, RunClock.Now + Nanoseconds(_settings.OrderLead))));

        // Workers begin by themselves, so there may be reports already: they are taken up once the start is told.
        if (RunClock.Now < _startNs)
            WaitUntil(_startNs, () => _stopReason is not null);
        (_ramp, _announcedRamp) = (1, 0);
        Apply(RunPhase.Spawning);
        foreach (var early in resumed.Early)
        {
            _crew.Find(early.Report.Worker)?.Tally.Take(early.Report);
            _book.Apply(early.Report, early.Packed);
        }

        _hooks.Started();
    }

    /// <summary>
    /// The end of a run whose coordinator ended between its last word to the load test and the verdict: all was measured and told, so it is judged. The hook at the end of
    /// the test runs, perhaps a second time, since what it says belongs to the verdict.
    /// </summary>
    private void Conclude(ResumedRun resumed)
    {
        _stopReason = resumed.Change?.Reason;
        Judge();
        string[] there = [.. resumed.Members().Where(member => !member.IsOut).Select(member => member.Name)];
        WaitUntil(RunClock.Now + Nanoseconds(FarewellTime), () => there.All(name => _head.Workers.Any(worker => worker.Key == name)));
    }
}
