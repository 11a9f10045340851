using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>The columns of a report while it is read.</summary>
internal ref struct ReportSource
{
    [ThreadStatic]
    private static ushort[]? s_buckets;

    [ThreadStatic]
    private static long[]? s_counts;

    private readonly ushort[] _bucketsOfOne = s_buckets ??= new ushort[HistogramLayout.Buckets];
    private readonly long[] _countsOfOne = s_counts ??= new long[HistogramLayout.Buckets];
    private int _used;
    private int _buckets;

    /// <summary>A report of two columns.</summary>
    public ReportSource(ReadOnlySpan<byte> figures, ReadOnlySpan<byte> bits)
    {
        Figures = new PackedReader(figures);
        Bits = new BitReader(bits);
    }

    /// <summary>See <see cref="ReportColumns.Figures"/>.</summary>
    public PackedReader Figures;

    /// <summary>See <see cref="ReportColumns.Bits"/>.</summary>
    public BitReader Bits;

    /// <summary>Begins a histogram. What is put together of it lies in memory of the thread until it is complete.</summary>
    public void Begin() => _used = 0;

    /// <summary>The buckets of the histogram so far.</summary>
    public readonly ReadOnlySpan<ushort> Buckets => _bucketsOfOne.AsSpan(0, _used);

    /// <summary>What is in them.</summary>
    public readonly ReadOnlySpan<long> Counts => _countsOfOne.AsSpan(0, _used);

    /// <summary>Adds a bucket to the histogram, and notes that it takes memory: one that is like another takes no bytes.</summary>
    /// <exception cref="DamagedDataException">It is none, or they are too many.</exception>
    public void Add(long bucket, long count)
    {
        if (bucket is < 0 or >= HistogramLayout.Buckets || count is < 1 or > ReportLimits.Count)
            throw new DamagedDataException("a bucket is out of range");
        if (++_buckets > ReportLimits.Buckets || _used == _bucketsOfOne.Length)
            throw new DamagedDataException("the histograms are too large");
        _bucketsOfOne[_used] = (ushort)bucket;
        _countsOfOne[_used++] = count;
    }
}
