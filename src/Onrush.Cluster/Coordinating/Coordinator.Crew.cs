using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Runs;
using Onrush.Runs.Journal;

namespace Onrush.Cluster;

// The workers of the run: who takes part, who is heard, who is lost.
internal sealed partial class Coordinator
{
    private readonly Dictionary<string, (long Revision, IntervalGauges Gauges)> _gauges = [];
    private long _rosterRevision;

    /// <summary>Whether no worker has users on the way to the target any more, as they said in their last reports.</summary>
    private bool HaveAllSpawned => _crew.Counting.All(member =>
        _gauges.TryGetValue(member.Name, out var last) && last.Revision >= _directive.Revision && !last.Gauges.Spawning
        && member.Tally.ReportedMs >= _director.RampEndNs / MonotonicClock.Millisecond);

    /// <summary>Waits until those who are expected are ready.</summary>
    private void Gather()
    {
        if (_settings.IsLocal)
        {
            // Its name is known, so it can get everything ready before the start.
            Decide(directive => directive with { Roster = RosterPlan.First([.. _ownWorkers.Select(worker => worker.Name)], 0) });
        }
        else
        {
            Decide(directive => directive);
        }

        foreach (var worker in _ownWorkers)
            worker.Start();
        var untilNs = _settings.ExpectedMaxWait is { } most ? RunClock.Now + Nanoseconds(most) : long.MaxValue;
        WaitUntil(untilNs, () => _stopReason is not null || AreReady());
        ThrowWhatKeepsOwnWorkers();
        Join(_crew.Members.Where(member => member.Status?.State == WorkerState.Ready));
        if (_crew.Counting.Any())
            return;
        if (_stopReason is not null)
            throw new LoadTestException($"The run was ended before a worker was ready: {_stopReason}");
        throw new LoadTestException($"No worker is ready after {_settings.ExpectedMaxWait!.Value.TotalSeconds:0} s: start some with 'onrush --worker --master-host HOST', or wait longer with --expect-workers-max-wait.");
    }

    private bool AreReady()
    {
        foreach (var worker in _head.Workers)
            _crew.Of(worker.Key, worker.Value);
        if (_crew.Members.FirstOrDefault(member => member.Status?.State == WorkerState.Failed) is { } failed)
        {
            ThrowWhatKeepsOwnWorkers();
            throw new LoadTestException($"Worker {failed.Name} on {failed.Info.Machine} cannot take part: {failed.Status!.Problem}");
        }

        return _crew.Members.Count(member => member.Status?.State == WorkerState.Ready) >= _settings.ExpectedWorkers;
    }

    private void Join(IEnumerable<CrewMember> members)
    {
        var next = _crew.Members.Max(member => (int?)member.Ordinal) + 1 ?? 0;
        foreach (var member in members)
        {
            member.Ordinal = next++;
            _book.Apply(new RosterChange(member.Name, 1, Joined: true, member.Info.Loops, member.Info.Machine, member.Info.Version));
        }
    }

    /// <summary>
    /// Takes what had come by now. What comes meanwhile waits for the next time: a master that folds more slowly than workers report would never get to
    /// the commands, nor to the end of a second.
    /// </summary>
    private void Drain()
    {
        long? last = null;
        for (var waiting = _records.Count; waiting > 0 && _records.TryDequeue(out var next); waiting--)
        {
            last = next.Offset;
            if (next.Record is StatusRecord status && status.Run == _directive.Run)
                Take(status);
            else if (next.Record is HelloRecord hello)
                _crew.Of(hello.Sender, hello.Info).Info = hello.Info;
        }

        if (_head.IsDeposed)
            throw new LoadTestException("Another master has taken the lead, and carries the run on: its results are there.");
        if (last is { } offset)
            _book.WhenKept(() => _head.Release(offset));
    }

    private void Take(StatusRecord record)
    {
        if (_crew.Find(record.Sender) is null)
        {
            var known = _head.Workers.FirstOrDefault(worker => worker.Key == record.Sender);
            if (known.Key is null)
                return;
            _crew.Of(known.Key, known.Value);
        }

        _heardNs = RunClock.Now;
        _crew.Take(record);
        if (record.Status.StopAsked is { } reason)
            _stopReason ??= reason;
        if (_settings.IsLocal && record.Status is { State: WorkerState.Failed, Problem: { } problem } && _directive.Stage != RunStage.Preparing)
        {
            // There is nobody else to go on with it.
            EngineLog.Warn(problem);
            _stopReason ??= problem;
        }

        if (record.Report is { } sent)
            Fold(record, sent);
    }

    private void Fold(StatusRecord record, SentReport sent)
    {
        IntervalReport report;
        try
        {
            report = sent.Open();
        }
        catch (DamagedDataException e)
        {
            EngineLog.Warn($"A report of worker {record.Sender} cannot be read ({e.Message}): what it measured in that time is not in the results.");
            return;
        }

        _crew.Find(record.Sender)?.Tally.Take(report);
        _gauges[record.Sender] = (record.Status.Revision, report.Gauges);
        _book.Apply(report, sent.Packed);
    }
}
