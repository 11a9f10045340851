using Onrush.Engine;
using Onrush.Runs;

namespace Onrush.Cluster;

/// <summary>
/// Who has too much to do while others have room, and how much of it changes hands. Pure functions; instants are nanoseconds of the coordinator's clock.
/// <code>
/// looked at                                      then
/// less than 10 s after the last roster held      nothing: what it changed has to show first
/// a worker that was the limit, several seconds   gives a quarter of what it has, and keeps at least a quarter of an equal share
/// a worker that had room, several seconds        takes so much that its busiest loop would be 70 % busy, and an equal share at most
/// nobody has room, or it would be next to none   nothing: the fleet is too small for the load
/// </code>
/// Nothing is given back by itself: who has room takes again when another one is overloaded.
/// </summary>
internal static class Overload
{
    /// <summary>Time after a roster in which nothing is moved for this reason, in nanoseconds.</summary>
    public const long CalmNs = 10 * MonotonicClock.Second;

    private const int GivesPart = 4, KeepsPart = 4, LeastPart = 50;
    private const double TakesUpTo = 0.7, LeastBusy = 0.05;

    /// <summary>What changes hands now; empty when nothing does.</summary>
    /// <param name="roster">Who does what.</param>
    /// <param name="paces">How the workers that are heard and take part keep up, by ordinal.</param>
    /// <param name="seconds">How many seconds in a row make one overloaded, or one that has room.</param>
    /// <param name="nowNs">The instant.</param>
    public static RosterShift Find(Roster roster, IReadOnlyDictionary<int, WorkerPace> paces, int seconds, long nowNs)
    {
        if (nowNs < roster.AtNs + CalmNs || paces.Count < 2)
            return RosterShift.None;
        var counts = paces.Keys.ToDictionary(ordinal => ordinal, roster.CountOf);
        var equal = Roster.Buckets / paces.Count;
        var takers = paces.Where(pace => pace.Value.Easy >= seconds)
            .ToDictionary(pace => pace.Key, pace => (int)Math.Min(equal, counts[pace.Key] * ((TakesUpTo / Math.Max(pace.Value.Busy, LeastBusy)) - 1)));
        var room = takers.Values.Sum();
        Dictionary<int, int> givers = [];
        foreach (var (ordinal, _) in paces.Where(pace => pace.Value.Overloaded >= seconds).OrderByDescending(pace => counts[pace.Key]).ThenBy(pace => pace.Key))
        {
            var gives = Math.Min(room, Math.Min(counts[ordinal] / GivesPart, counts[ordinal] - (equal / KeepsPart)));
            if (gives < Math.Max(1, equal / LeastPart))
                continue;
            givers[ordinal] = gives;
            room -= gives;
        }

        return givers.Count == 0 ? RosterShift.None : new RosterShift(givers, takers);
    }
}

/// <summary>Buckets that change hands. Immutable.</summary>
/// <param name="Givers">How many each gives, by ordinal.</param>
/// <param name="Takers">How many each may take, by ordinal; together as many as are given, or more.</param>
internal sealed record RosterShift(IReadOnlyDictionary<int, int> Givers, IReadOnlyDictionary<int, int> Takers)
{
    /// <summary>Nothing changes hands.</summary>
    public static readonly RosterShift None = new(new Dictionary<int, int>(), new Dictionary<int, int>());
}
