using System.Runtime.CompilerServices;

namespace Onrush.Measurement;

/// <summary>
/// Times of one interval half in nanoseconds. Hot: owned by the thread that holds the half, a few nanoseconds per value, and no
/// allocation once the octaves in use have their chunks. Zeros, which most phases of most requests are, cost one increment.
/// </summary>
internal sealed class Histogram(ChunkPool pool)
{
    // Shared by all histograms that hold nothing; never written to.
    private static readonly int[]?[] NoChunks = new int[HistogramLayout.Chunks][];

    private int[]?[] _chunks = NoChunks;
    private long _zeros;
    private long _positive;
    private long _sum;
    private long _min = long.MaxValue;
    private long _max;

    /// <summary>Number of values.</summary>
    public long Count => _zeros + _positive;

    /// <summary>Sum of the values in nanoseconds, exact.</summary>
    public long Sum => _sum;

    /// <summary>Smallest value; 0 when there is none.</summary>
    public long Min => _zeros > 0 || _positive == 0 ? 0 : _min;

    /// <summary>Largest value; 0 when there is none.</summary>
    public long Max => _max;

    /// <summary>Number of values that were zero.</summary>
    internal long Zeros => _zeros;

    /// <summary>Counts per bucket by octave; an octave without values is null. Zeros are not in it.</summary>
    internal ReadOnlySpan<int[]?> ChunksInUse => _chunks;

    /// <summary>Counts one value in nanoseconds; negative ones count as zero, ones above <see cref="HistogramLayout.MaxValue"/> as that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long value)
    {
        if (value <= 0)
            _zeros++;
        else
            AddPositive(value);
    }

    /// <summary>Counts the values of another histogram too.</summary>
    public void Merge(Histogram other)
    {
        for (int c = 0; c < HistogramLayout.Chunks; c++)
        {
            if (other._chunks[c] is not { } from)
                continue;
            int[] to = _chunks[c] ?? Grow(c);
            for (int i = 0; i < to.Length; i++)
                to[i] += from[i];
        }
        _zeros += other._zeros;
        _positive += other._positive;
        _sum += other._sum;
        _min = Math.Min(_min, other._min);
        _max = Math.Max(_max, other._max);
    }

    /// <summary>Forgets all values; the memory goes back to the pool.</summary>
    public void Clear()
    {
        if (_positive > 0)
        {
            for (int c = 0; c < _chunks.Length; c++)
            {
                if (_chunks[c] is not { } chunk)
                    continue;
                pool.Return(chunk);
                _chunks[c] = null;
            }
        }
        _zeros = _positive = _sum = _max = 0;
        _min = long.MaxValue;
    }

    /// <summary>The percentile given as a fraction from 0 to 1, in nanoseconds; 0 when there is no value.</summary>
    public long Percentile(double fraction)
    {
        if (Count == 0)
            return 0;
        long rank = PercentileRule.Rank(fraction, Count);
        long seen = _zeros;
        if (rank <= seen)
            return 0;
        for (int c = 0; c < HistogramLayout.Chunks; c++)
        {
            if (_chunks[c] is not { } chunk)
                continue;
            for (int i = 0; i < chunk.Length; i++)
            {
                seen += chunk[i];
                if (seen >= rank)
                    return PercentileRule.Value(rank, Count, c * HistogramLayout.SubBuckets + i, Min, Max);
            }
        }
        return Max;
    }

    private void AddPositive(long value)
    {
        if (value > HistogramLayout.MaxValue)
            value = HistogramLayout.MaxValue;
        int index = HistogramLayout.IndexOf(value);
        int[] chunk = _chunks[index / HistogramLayout.SubBuckets] ?? Grow(index / HistogramLayout.SubBuckets);
        chunk[index & (HistogramLayout.SubBuckets - 1)]++;
        _positive++;
        _sum += value;
        if (value < _min)
            _min = value;
        if (value > _max)
            _max = value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int[] Grow(int chunk)
    {
        if (ReferenceEquals(_chunks, NoChunks))
            _chunks = new int[HistogramLayout.Chunks][];
        return _chunks[chunk] = pool.Take();
    }
}
