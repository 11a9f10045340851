using Onrush.Scenarios;

namespace Onrush.Cluster;

/// <summary>
/// Who does what from an instant on: the owner of each bucket (<see cref="BucketSet"/>). Immutable.
/// </summary>
/// <param name="Revision">Its number, from 1.</param>
/// <param name="AtNs">Instant from which it holds, in nanoseconds of the coordinator's clock.</param>
/// <param name="Workers">Everybody who ever had a share in the run, by ordinal; an ordinal is never given to another.</param>
/// <param name="Owners">The ordinal of the owner of each bucket; empty while nobody has a share.</param>
/// <param name="Before">The owners before this roster; empty for the first.</param>
internal sealed record Roster(long Revision, long AtNs, IReadOnlyList<string> Workers, ushort[] Owners, ushort[] Before)
{
    /// <summary>Number of buckets.</summary>
    public const int Buckets = BucketSet.Total;

    /// <summary>Nobody does anything.</summary>
    public static readonly Roster Empty = new(0, 0, [], [], []);

    /// <summary>Number of workers that the run began with: rows of data that are used once are dealt to them.</summary>
    public int Initial { get; init; } = Workers.Count;

    /// <summary>All that goes from one worker to another with this roster.</summary>
    public BucketSet Moved => Before.Length == 0 ? BucketSet.None : SetOf(bucket => Owners[bucket] != Before[bucket]);

    /// <summary>Ordinal of a worker; -1 when it has none.</summary>
    public int OrdinalOf(string worker)
    {
        for (var i = 0; i < Workers.Count; i++)
        {
            if (Workers[i] == worker)
                return i;
        }

        return -1;
    }

    /// <summary>The buckets of a worker.</summary>
    public BucketSet ShareOf(int ordinal) => SetOf(bucket => Owners[bucket] == ordinal);

    /// <summary>Number of buckets of a worker.</summary>
    public int CountOf(int ordinal) => Owners.Count(owner => owner == ordinal);

    /// <summary>Whether a worker had a share before this roster.</summary>
    public bool SharesBefore(int ordinal) => Array.IndexOf(Before, (ushort)ordinal) >= 0;

    private BucketSet SetOf(Func<int, bool> belongs)
    {
        var buckets = new List<ushort>();
        for (var bucket = 0; bucket < Owners.Length; bucket++)
        {
            if (belongs(bucket))
                buckets.Add((ushort)bucket);
        }

        return buckets.Count == 0 ? BucketSet.None : new BucketSet([.. buckets]);
    }
}
