using System.Numerics;

namespace Onrush.Scenarios;

/// <summary>
/// Who does what of numbered work. Number k belongs to bucket k modulo <see cref="Total"/>, and every bucket has one owner at a time, so the union over all
/// workers and loops is the whole, and a bucket can go from one to another without touching the rest. Pure arithmetic in closed forms: nobody walks over what
/// is not his. Numbers are not negative. Immutable.
/// </summary>
internal sealed class BucketSet
{
    /// <summary>Number of buckets: a multiple of every number up to 12 and of 16, so that workers and loops have equal shares.</summary>
    public const int Total = 55_440;

    /// <summary>Everything.</summary>
    public static readonly BucketSet All = Of(WorkShare.All);

    /// <summary>Nothing.</summary>
    public static readonly BucketSet None = new([]);

    private const int WordBits = 64;

    private readonly ushort[] _buckets;
    private readonly ulong[] _bits = new ulong[(Total + WordBits - 1) / WordBits];
    private readonly ushort[] _before;

    /// <param name="buckets">The buckets, ascending.</param>
    public BucketSet(ushort[] buckets)
    {
        _buckets = buckets;
        _before = new ushort[_bits.Length];
        foreach (var bucket in buckets)
            _bits[bucket / WordBits] |= 1UL << (bucket % WordBits);
        for (var word = 1; word < _bits.Length; word++)
            _before[word] = (ushort)(_before[word - 1] + BitOperations.PopCount(_bits[word - 1]));
    }

    /// <summary>The buckets, ascending.</summary>
    public ReadOnlySpan<ushort> Buckets => _buckets;

    /// <summary>Number of buckets.</summary>
    public int Count => _buckets.Length;

    /// <summary>The regular share of a loop of a worker, where nothing was ever moved.</summary>
    public static BucketSet Of(WorkShare share)
    {
        var buckets = new List<ushort>((int)share.CountBelow(Total));
        for (long i = 0; share.Nth(i) is < Total and var bucket; i++)
            buckets.Add((ushort)bucket);
        return new BucketSet([.. buckets]);
    }

    /// <summary>Whether a number belongs to it.</summary>
    public bool Owns(long k)
    {
        var bucket = (int)(k % Total);
        return (_bits[bucket / WordBits] >> (bucket % WordBits) & 1) != 0;
    }

    /// <summary>Its number <paramref name="i"/>, from 0; only where there is a bucket.</summary>
    public long Nth(long i) => i / _buckets.Length * Total + _buckets[i % _buckets.Length];

    /// <summary>Its first number from <paramref name="k"/> on; only where there is a bucket.</summary>
    public long Next(long k) => Nth(CountBelow(k));

    /// <summary>How many of its numbers are below <paramref name="n"/>.</summary>
    public long CountBelow(long n)
    {
        var bucket = (int)(n % Total);
        var word = bucket / WordBits;
        return n / Total * _buckets.Length + _before[word] + BitOperations.PopCount(_bits[word] & ((1UL << (bucket % WordBits)) - 1));
    }
}
