namespace Onrush.Cluster;

/// <summary>
/// Who does what from an instant on. Users, arrivals and rows are numbered, and number k belongs to bucket k modulo <see cref="Buckets"/>; each bucket has
/// one owner, so whatever the owners are, the union over them is the whole. Immutable.
/// </summary>
/// <param name="Revision">Its number, from 1.</param>
/// <param name="AtNs">Instant from which it holds, in nanoseconds of the coordinator's clock.</param>
/// <param name="Workers">Everybody who ever had a share in the run, by ordinal; an ordinal is never given to another.</param>
/// <param name="Owners">The ordinal of the owner of each bucket; empty while nobody has a share.</param>
/// <param name="Before">The owners before this roster; empty for the first.</param>
internal sealed record Roster(long Revision, long AtNs, IReadOnlyList<string> Workers, ushort[] Owners, ushort[] Before)
{
    /// <summary>Number of buckets: a multiple of every number up to 12 and of 16, so that few or many workers and loops have equal shares.</summary>
    public const int Buckets = 55_440;

    /// <summary>Nobody does anything.</summary>
    public static readonly Roster Empty = new(0, 0, [], [], []);

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
}
