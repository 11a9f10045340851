namespace Onrush.Cluster;

/// <summary>The workers of one run. Used by the thread of the run.</summary>
internal sealed class Crew
{
    private readonly Dictionary<string, CrewMember> _members = [];

    /// <summary>Everybody who was ever there.</summary>
    public IReadOnlyCollection<CrewMember> Members => _members.Values;

    /// <summary>Those the run counts on.</summary>
    public IEnumerable<CrewMember> Counting => _members.Values.Where(member => member.Counts);

    /// <summary>Users alive.</summary>
    public int Alive => Counting.Sum(member => member.Status?.Alive ?? 0);

    /// <summary>Users that did not end although they were cut.</summary>
    public int Abandoned => Counting.Sum(member => member.Status?.Abandoned ?? 0);

    /// <summary>Whether nobody has anything left to say.</summary>
    public bool IsDone => !Counting.Any(member => member.IsActive);

    /// <summary>The member of a name; made when it is new.</summary>
    public CrewMember Of(string name, WorkerInfo info)
    {
        if (!_members.TryGetValue(name, out var member))
            _members.Add(name, member = new CrewMember(name, info));
        return member;
    }

    /// <summary>Adds one that is known from before.</summary>
    public void Add(CrewMember member) => _members[member.Name] = member;

    /// <summary>The member of a name; null when there is none.</summary>
    public CrewMember? Find(string name) => _members.GetValueOrDefault(name);

    /// <summary>Takes what a worker said.</summary>
    public void Take(StatusRecord record)
    {
        if (Find(record.Sender) is not { } member)
            return;
        // A word of it is a sign of life, too; whether its beats go on is looked at elsewhere.
        (member.Status, member.IsLate) = (record.Status, false);
    }

    /// <summary>Whether a scenario is over for everybody.</summary>
    /// <param name="scenario">Its name.</param>
    /// <param name="orderRevision">The revision of the last order for it.</param>
    /// <param name="rosterRevision">The revision of the directive that brought the last roster: before it, somebody may have been over too early.</param>
    public bool HasEnded(string scenario, long orderRevision, long rosterRevision)
    {
        var any = false;
        foreach (var member in Counting)
        {
            any = true;
            if (member.Status is not { } status)
                return false;
            if (status.State == WorkerState.Done)
                continue;
            if (status.Revision < rosterRevision)
                return false;
            var stands = status.Scenarios.FirstOrDefault(s => s.Name == scenario);
            if (stands is null || stands.Revision < orderRevision || !stands.IsOver)
                return false;
        }

        return any;
    }

    /// <summary>Whether everybody has reported up to an instant, in milliseconds of Unix time.</summary>
    public bool HaveReported(long unixMs) => Counting.All(member => !member.IsActive || member.IsLate || member.Tally.ReportedMs >= unixMs);

    /// <summary>Whether everybody has answered when asked for a report.</summary>
    public bool HaveAnswered(int asked) => Counting.All(member => !member.IsActive || member.IsLate || member.Status?.ReportsAnswered >= asked);
}
