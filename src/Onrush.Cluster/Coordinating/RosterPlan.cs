namespace Onrush.Cluster;

/// <summary>Who gets what when workers come and go. Everybody has about the same, and as little as possible moves. Pure functions.</summary>
internal static class RosterPlan
{
    // Multiples of it, taken without the whole part, are spread evenly over any stretch and agree with no regular pattern, such as which loop has what.
    private const double GoldenRatio = 0.618033988749895;

    /// <summary>The first roster of a run: the workers go round.</summary>
    public static Roster First(IReadOnlyList<string> workers, long atNs) =>
        new(1, atNs, [.. workers], [.. Enumerable.Range(0, Roster.Buckets).Select(bucket => (ushort)(bucket % workers.Count))], []);

    /// <summary>Some have no share any more: what they had goes to those who have the least.</summary>
    /// <param name="roster">The roster before.</param>
    /// <param name="without">Ordinals of those who go.</param>
    /// <param name="atNs">Instant from which it holds.</param>
    public static Roster Without(Roster roster, IReadOnlyCollection<int> without, long atNs)
    {
        var counts = Counts(roster);
        int[] staying = [.. Enumerable.Range(0, counts.Length).Where(ordinal => counts[ordinal] > 0 && !without.Contains(ordinal))];
        if (staying.Length == 0)
            return roster;
        var owners = (ushort[])roster.Owners.Clone();
        for (var bucket = 0; bucket < owners.Length; bucket++)
        {
            if (!without.Contains(owners[bucket]))
                continue;
            var least = staying[0];
            foreach (var ordinal in staying)
            {
                if (counts[ordinal] < counts[least])
                    least = ordinal;
            }

            counts[least]++;
            owners[bucket] = (ushort)least;
        }

        return roster with { Revision = roster.Revision + 1, AtNs = atNs, Owners = owners, Before = roster.Owners };
    }

    /// <summary>Another has a share: everybody gives it a part of his.</summary>
    /// <param name="roster">The roster before.</param>
    /// <param name="worker">Name of the worker; one that had a share before keeps its ordinal.</param>
    /// <param name="atNs">Instant from which it holds.</param>
    public static Roster With(Roster roster, string worker, long atNs)
    {
        var ordinal = roster.OrdinalOf(worker);
        IReadOnlyList<string> workers = ordinal >= 0 ? roster.Workers : [.. roster.Workers, worker];
        if (ordinal < 0)
            ordinal = workers.Count - 1;
        var counts = Counts(roster);
        var share = Roster.Buckets / (counts.Count(count => count > 0) + 1);
        var owners = (ushort[])roster.Owners.Clone();
        var seen = new int[workers.Count];
        for (var bucket = 0; bucket < owners.Length; bucket++)
        {
            int donor = owners[bucket];
            var gives = Math.Max(0, counts[donor] - share) / (double)counts[donor];
            var place = seen[donor]++ * GoldenRatio;
            if (place - Math.Floor(place) < gives)
                owners[bucket] = (ushort)ordinal;
        }

        return roster with { Revision = roster.Revision + 1, AtNs = atNs, Workers = workers, Owners = owners, Before = roster.Owners, Initial = roster.Initial };
    }

    /// <summary>Some give a part of what they have to others.</summary>
    /// <param name="roster">The roster before.</param>
    /// <param name="shift">How much.</param>
    /// <param name="atNs">Instant from which it holds.</param>
    public static Roster Shifted(Roster roster, RosterShift shift, long atNs)
    {
        var counts = Counts(roster);
        var owners = (ushort[])roster.Owners.Clone();
        var (given, seen) = (new int[counts.Length], new int[counts.Length]);
        var room = new PriorityQueue<int, (int Left, int Ordinal)>(shift.Takers.Where(taker => taker.Value > 0).Select(taker => (taker.Key, (-taker.Value, taker.Key))));
        for (var bucket = 0; bucket < owners.Length; bucket++)
        {
            int owner = owners[bucket];
            if (!shift.Givers.TryGetValue(owner, out var gives))
                continue;
            var place = seen[owner]++ * GoldenRatio;
            if (place - Math.Floor(place) >= gives / (double)counts[owner] || given[owner] == gives || !room.TryDequeue(out var taker, out var left))
                continue;
            given[owner]++;
            owners[bucket] = (ushort)taker;
            if (left.Left < -1)
                room.Enqueue(taker, (left.Left + 1, taker));
        }

        return roster with { Revision = roster.Revision + 1, AtNs = atNs, Owners = owners, Before = roster.Owners };
    }

    private static int[] Counts(Roster roster)
    {
        var counts = new int[roster.Workers.Count];
        foreach (var owner in roster.Owners)
            counts[owner]++;
        return counts;
    }
}
