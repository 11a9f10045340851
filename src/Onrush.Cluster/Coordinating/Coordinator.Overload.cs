using System.Globalization;
using Onrush.Engine;
using Onrush.Runs;
using Onrush.Runs.Journal;

namespace Onrush.Cluster;

// Workers that have too much to do while others have room.
internal sealed partial class Coordinator
{
    // What a worker handed in after an outage says how it stood then.
    private const long FreshMs = 3000;

    private long _relievedNs;

    /// <summary>Gives a part of what overloaded workers have to those that have room.</summary>
    private void Relieve()
    {
        if (_settings.OverloadedAfter <= TimeSpan.Zero || AreReturning || _stopReason is not null || RunClock.Now < _relievedNs + MonotonicClock.Second)
            return;
        _relievedNs = RunClock.Now;
        var (paces, freshMs) = (_book.State.Paces, RunClock.Now / MonotonicClock.Millisecond - FreshMs);
        CrewMember[] members = [.. _crew.Counting.Where(member =>
            member is { IsLate: false, Status: { State: WorkerState.Running, Leaves: false } } && member.Tally.ReportedMs >= freshMs && paces.ContainsKey(member.Name))];
        var seconds = (int)Math.Ceiling(_settings.OverloadedAfter.TotalSeconds);
        var shift = Overload.Find(_directive.Roster, members.ToDictionary(member => member.Ordinal, member => paces[member.Name]), seconds, RunClock.Now);
        if (shift.Givers.Count == 0)
            return;
        var before = _directive.Roster;
        var roster = RosterPlan.Shifted(before, shift, RunClock.Now + Nanoseconds(_settings.OrderLead));
        foreach (var member in members.Where(member => shift.Givers.ContainsKey(member.Ordinal)))
        {
            int had = before.CountOf(member.Ordinal), has = roster.CountOf(member.Ordinal);
            var share = (int)Math.Round(has * 100.0 * members.Length / Roster.Buckets);
            EngineLog.Warn(string.Create(
                CultureInfo.InvariantCulture,
                $"Worker {member.Name} on {member.Info.Machine} was overloaded for {seconds} s (its busiest loop {paces[member.Name].Busy:0%} busy) while others had room: {(had - has) / (double)had:0%} of its users go to them."));
            _book.Apply(new RosterChange(member.Name, 1, Joined: true, member.Info.Loops, member.Info.Machine, member.Info.Version, share));
        }

        Change(roster, _directive.Grants);
    }
}
