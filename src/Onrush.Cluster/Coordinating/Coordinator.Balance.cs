using Onrush.Engine;
using Onrush.Runs.Journal;
using Onrush.Scenarios;

namespace Onrush.Cluster;

// Workers that come and go while the run goes on: each change is a roster of its own, from an instant on.
internal sealed partial class Coordinator
{
    private static readonly long WatchEveryNs = 100 * MonotonicClock.Millisecond;

    private long _watchedNs;

    /// <summary>
    /// Looks after the workers:
    /// <code>
    /// a worker that                                  is
    /// was not heard for the late time                late: nobody waits for its reports
    /// was not heard for the missing time, or failed  lost: its share goes to others at once
    /// wants to leave                                 let go: its share goes to others, it finishes what it does
    /// has ended by itself                            out; iterations that it left go to others
    /// is ready and has no share                      given one
    /// was lost, is back and knows that it was        given one again
    /// was not heard since the run is carried on      late, then lost; it gets the time to come back
    /// is overloaded while others have room           relieved: they get a part of its share
    /// </code>
    /// </summary>
    private void Watch()
    {
        if (_settings.IsLocal || _directive.Stage != RunStage.Running || RunClock.Now < _watchedNs + WatchEveryNs)
            return;
        _watchedNs = RunClock.Now;
        var heard = _head.Presence.ToDictionary(presence => presence.Worker, presence => presence.HeardAt);
        List<CrewMember> lost = [], leaving = [];
        foreach (var member in _crew.Counting)
        {
            if (AreReturning && !heard.ContainsKey(member.Name))
            {
                member.IsLate = true;
                continue;
            }

            var silence = heard.TryGetValue(member.Name, out var at) ? TimeProvider.System.GetElapsedTime(at) : TimeSpan.MaxValue;
            var wasLate = member.IsLate;
            member.IsLate = silence >= _settings.LateAfter;
            if (member.IsLate && !wasLate)
                EngineLog.Warn($"Worker {member.Name} on {member.Info.Machine} has not been heard for {silence.TotalSeconds:0} s.");
            if (silence >= _settings.MissingAfter || member.Status?.State == WorkerState.Failed)
                lost.Add(member);
            else if (member.Status is { Leaves: true } or { State: WorkerState.Done })
                leaving.Add(member);
        }

        if (lost.Count > 0)
            Lose(lost);
        LetGo(leaving);
        foreach (var worker in _head.Workers)
            _crew.Of(worker.Key, worker.Value);
        foreach (var member in _crew.Members.Where(MayHaveAShare).ToArray())
            Admit(member);
        Relieve();
    }

    private bool MayHaveAShare(CrewMember member) => member is { Counts: false, Status.Leaves: false } && (member.Ordinal < 0
        ? member.Status.State == WorkerState.Ready
        : member.Status.State == WorkerState.Running && member.Status.Revision >= _rosterRevision
            && _head.Presence.Any(p => p.Worker == member.Name && TimeProvider.System.GetElapsedTime(p.HeardAt) < _settings.LateAfter));

    private void Lose(List<CrewMember> lost)
    {
        foreach (var member in lost)
        {
            member.IsOut = true;
            EngineLog.Warn(_crew.Counting.Any()
                ? $"Worker {member.Name} on {member.Info.Machine} is lost: its users go to the others. What it had measured since its last report, up to {Time(member.Tally.ReportedMs)} s of the run, is not in the results."
                : $"Worker {member.Name} on {member.Info.Machine} is lost, and there is no other to take its users.");
            _book.Apply(new RosterChange(member.Name, 1, Joined: false));
        }

        GiveAway([.. lost], [.. lost.Select(member => (member, (Func<IterationsExecutor, string, long>)((executor, scenario) => LeftUnknown(member, executor, scenario))))]);
    }

    private void LetGo(List<CrewMember> leaving)
    {
        // First its share, while it finishes; then what it left, once it knows.
        var first = leaving.Where(member => member.Status!.State != WorkerState.Done && _directive.Roster.CountOf(member.Ordinal) > 0).ToArray();
        if (first.Length > 0 && _crew.Counting.Any(member => !first.Contains(member)))
        {
            foreach (var member in first)
                EngineLog.Warn($"Worker {member.Name} on {member.Info.Machine} leaves: its users go to the others.");
            GiveAway(first, []);
        }

        foreach (var member in leaving.Where(member => member.Status!.State == WorkerState.Done))
        {
            member.IsOut = true;
            _book.Apply(new RosterChange(member.Name, 1, Joined: false));
            GiveAway([member], [(member, (_, scenario) => member.Status!.Scenarios.FirstOrDefault(s => s.Name == scenario)?.QuotaLeft ?? 0)]);
        }
    }

    private void Admit(CrewMember member)
    {
        var known = member.Ordinal >= 0;
        if (!known && _directive.Roster.Workers.Count >= new WorkerSettings().MostWorkers)
            return;
        var roster = RosterPlan.With(_directive.Roster, member.Name, RunClock.Now + Nanoseconds(_settings.StartLead));
        member.Ordinal = roster.OrdinalOf(member.Name);
        member.IsOut = false;
        _book.Apply(new RosterChange(member.Name, 1, Joined: true, member.Info.Loops, member.Info.Machine, member.Info.Version));
        EngineLog.Warn($"Worker {member.Name} on {member.Info.Machine} {(known ? "is back" : "has joined")}: it takes a part of the users.");
        Change(roster, _directive.Grants);
    }

    private void GiveAway(IReadOnlyList<CrewMember> from, IReadOnlyList<(CrewMember Member, Func<IterationsExecutor, string, long> Left)> leftovers)
    {
        var roster = RosterPlan.Without(_directive.Roster, [.. from.Select(member => member.Ordinal)], RunClock.Now + Nanoseconds(_settings.OrderLead));
        var grants = _directive.Grants.ToDictionary(grant => (grant.Scenario, grant.Ordinal), grant => grant.Iterations);
        foreach (var (member, left) in leftovers)
        {
            foreach (var scenario in _plan)
            {
                if (scenario.Executor is IterationsExecutor executor && left(executor, scenario.Name) is > 0 and var iterations)
                    Leftovers.Deal(roster, scenario.Name, executor.Users, iterations, [.. _crew.Counting.Select(m => m.Ordinal)], grants);
            }
        }

        Change(roster, [.. grants.Select(grant => new IterationGrant(grant.Key.Scenario, grant.Key.Ordinal, grant.Value))]);
    }

    /// <summary>Iterations of a worker that it did not say were begun; nobody knows how far it was beyond its last report.</summary>
    private long LeftUnknown(CrewMember member, IterationsExecutor executor, string scenario)
    {
        var began = member.Ordinal < _directive.Roster.Initial ? executor.TotalOf(BucketSet.Of(new WorkShare(member.Ordinal, _directive.Roster.Initial))) : 0;
        return began + _directive.Grants.Where(g => g.Ordinal == member.Ordinal && g.Scenario == scenario).Sum(g => g.Iterations) - member.Tally.Iterations.GetValueOrDefault(scenario);
    }

    private void Change(Roster roster, IReadOnlyList<IterationGrant> grants)
    {
        if (roster.Revision == _directive.Roster.Revision && grants.SequenceEqual(_directive.Grants))
            return;
        Decide(directive => directive with { Roster = roster, Grants = grants });
        _rosterRevision = _directive.Revision;
    }

    private string Time(long unixMs) => unixMs == 0 ? "0" : ((unixMs - _startNs / MonotonicClock.Millisecond) / 1000.0).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
}
