namespace Onrush.Measurement;

/// <summary>
/// Adds up times over a whole run, in nanoseconds. Cold side; owned by one thread. Octaves without values take no memory.
/// </summary>
internal sealed class HistogramTotal
{
    private readonly long[]?[] _chunks = new long[HistogramLayout.Chunks][];
    private readonly long[] _chunkCounts = new long[HistogramLayout.Chunks];

    /// <summary>Number of values.</summary>
    public long Count { get; private set; }

    /// <summary>Sum of the values in nanoseconds, exact.</summary>
    public Int128 Sum { get; private set; }

    /// <summary>Smallest value in nanoseconds; 0 when there is none.</summary>
    public long Min { get; private set; }

    /// <summary>Largest value in nanoseconds; 0 when there is none.</summary>
    public long Max { get; private set; }

    /// <summary>Counts these values too.</summary>
    public void Add(HistogramData data)
    {
        if (data.Count == 0)
            return;
        ReadOnlySpan<ushort> buckets = data.Buckets;
        ReadOnlySpan<long> counts = data.Counts;
        for (int i = 0; i < buckets.Length;)
        {
            // Octave by octave, as the buckets ascend.
            int c = buckets[i] / HistogramLayout.SubBuckets;
            int end = (c + 1) * HistogramLayout.SubBuckets;
            long[] chunk = _chunks[c] ??= new long[HistogramLayout.SubBuckets];
            long ofChunk = 0;
            for (; i < buckets.Length && i < counts.Length && buckets[i] < end; i++)
            {
                chunk[buckets[i] & (HistogramLayout.SubBuckets - 1)] += counts[i];
                ofChunk += counts[i];
            }
            _chunkCounts[c] += ofChunk;
        }
        Min = Count == 0 ? data.Min : Math.Min(Min, data.Min);
        Max = Math.Max(Max, data.Max);
        Count += data.Count;
        Sum += data.Sum;
    }

    /// <summary>Counts the values of another total too.</summary>
    public void Add(HistogramTotal other)
    {
        if (other.Count == 0)
            return;
        for (int c = 0; c < _chunks.Length; c++)
        {
            if (other._chunks[c] is not { } from)
                continue;
            long[] to = _chunks[c] ??= new long[HistogramLayout.SubBuckets];
            for (int i = 0; i < to.Length; i++)
                to[i] += from[i];
            _chunkCounts[c] += other._chunkCounts[c];
        }
        Min = Count == 0 ? other.Min : Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
        Count += other.Count;
        Sum += other.Sum;
    }

    /// <summary>The percentile given as a fraction from 0 to 1, in nanoseconds; 0 when there is no value.</summary>
    public long Percentile(double fraction)
    {
        Span<long> value = stackalloc long[1];
        Percentiles([fraction], value);
        return value[0];
    }

    /// <summary>Several percentiles in one pass.</summary>
    /// <param name="fractions">Fractions from 0 to 1 in ascending order.</param>
    /// <param name="values">Receives one value in nanoseconds for each; 0 when there is no value.</param>
    public void Percentiles(ReadOnlySpan<double> fractions, Span<long> values)
    {
        values[..fractions.Length].Clear();
        if (Count == 0)
            return;
        int next = 0;
        long rank = PercentileRule.Rank(fractions[0], Count);
        long seen = 0;
        for (int c = 0; c < _chunks.Length; c++)
        {
            if (_chunks[c] is not { } chunk)
                continue;
            if (seen + _chunkCounts[c] < rank)
            {
                seen += _chunkCounts[c];
                continue;
            }
            for (int i = 0; i < chunk.Length; i++)
            {
                seen += chunk[i];
                while (seen >= rank)
                {
                    values[next] = PercentileRule.Value(rank, Count, c * HistogramLayout.SubBuckets + i, Min, Max);
                    if (++next == fractions.Length)
                        return;
                    rank = PercentileRule.Rank(fractions[next], Count);
                }
            }
        }
    }

    /// <summary>The values so far.</summary>
    public HistogramData ToData()
    {
        if (Count == 0)
            return HistogramData.Empty;
        int used = 0;
        foreach (long[]? chunk in _chunks)
            used += chunk is null ? 0 : chunk.Length - chunk.AsSpan().Count(0L);
        var buckets = new ushort[used];
        var counts = new long[used];
        int n = 0;
        for (int c = 0; c < _chunks.Length; c++)
        {
            if (_chunks[c] is not { } chunk)
                continue;
            for (int i = 0; i < chunk.Length; i++)
            {
                if (chunk[i] == 0)
                    continue;
                buckets[n] = (ushort)(c * HistogramLayout.SubBuckets + i);
                counts[n++] = chunk[i];
            }
        }
        return new HistogramData(buckets, counts, Sum, Min, Max);
    }
}
