using System.Numerics;
using System.Runtime.CompilerServices;

namespace Onrush.Measurement;

/// <summary>
/// The buckets all histograms share: 128 of equal width in each octave of nanoseconds, so a bucket is at most 0.8 % wide and its
/// midpoint at most 0.4 % off. Values below 256 have a bucket each.
/// </summary>
internal static class HistogramLayout
{
    /// <summary>Buckets in one octave.</summary>
    public const int SubBuckets = 1 << Bits;

    /// <summary>Octaves that are told apart; each is one chunk of memory.</summary>
    public const int Chunks = MaxBits - Bits + 1;

    /// <summary>Number of buckets.</summary>
    public const int Buckets = Chunks * SubBuckets;

    /// <summary>Largest value in nanoseconds, about 1.2 hours; what is larger counts as this.</summary>
    public const long MaxValue = (1L << MaxBits) - 1;

    private const int Bits = 7;
    private const int MaxBits = 42;

    /// <summary>The bucket of a value between 0 and <see cref="MaxValue"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(long value)
    {
        // The first two chunks share the width of one nanosecond: with bit 7 set in the search, every value below 256 has shift 0.
        int shift = BitOperations.Log2((ulong)value | SubBuckets) - Bits;
        return (shift << Bits) + (int)(value >> shift);
    }

    /// <summary>Smallest value of a bucket.</summary>
    public static long LowerBound(int index)
    {
        int shift = Shift(index);
        return (long)(index - (shift << Bits)) << shift;
    }

    /// <summary>The value that stands for all values of a bucket.</summary>
    public static long Midpoint(int index) => LowerBound(index) + (((1L << Shift(index)) - 1) >> 1);

    private static int Shift(int index) => Math.Max((index >> Bits) - 1, 0);
}
