using Onrush.Scenarios;

namespace Onrush.Cluster;

/// <summary>Deals iterations that a worker has left undone to those who have users to do them.</summary>
internal static class Leftovers
{
    /// <param name="roster">The roster in which others have the share of the worker.</param>
    /// <param name="scenario">Name of the scenario.</param>
    /// <param name="users">Its number of users.</param>
    /// <param name="iterations">What is left.</param>
    /// <param name="to">Ordinals of those who may get it.</param>
    /// <param name="grants">What everybody was granted so far, by scenario and ordinal; added to.</param>
    public static void Deal(Roster roster, string scenario, int users, long iterations, IReadOnlyList<int> to, Dictionary<(string, int), long> grants)
    {
        // Those whose users come in the place of the lost ones; else whoever has users at all.
        var moved = roster.Moved;
        var weights = to.Select(ordinal => (Ordinal: ordinal, Users: Common(moved, roster.ShareOf(ordinal), users))).Where(w => w.Users > 0).ToArray();
        if (weights.Length == 0)
            weights = [.. to.Select(ordinal => (Ordinal: ordinal, Users: roster.ShareOf(ordinal).CountBelow(users))).Where(w => w.Users > 0)];
        var all = weights.Sum(w => w.Users);
        long dealt = 0, passed = 0;
        foreach (var (ordinal, own) in weights)
        {
            // Up to here so many in all: what is rounded is rounded for the next.
            passed += own;
            var upTo = (long)((Int128)iterations * passed / all);
            grants[(scenario, ordinal)] = grants.GetValueOrDefault((scenario, ordinal)) + upTo - dealt;
            dealt = upTo;
        }
    }

    private static long Common(BucketSet moved, BucketSet share, int users)
    {
        if (moved.Count == 0)
            return 0;
        long count = 0;
        foreach (var bucket in moved.Buckets)
        {
            if (share.Owns(bucket) && bucket < users)
                count += (users - bucket - 1) / BucketSet.Total + 1;
        }

        return count;
    }
}
