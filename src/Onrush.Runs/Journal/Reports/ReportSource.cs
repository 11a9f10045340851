namespace Onrush.Runs.Journal;

/// <summary>The columns of a report while it is read.</summary>
internal ref struct ReportSource
{
    /// <summary>See <see cref="ReportColumns.Figures"/>.</summary>
    public PackedReader Figures;

    /// <summary>See <see cref="ReportColumns.Bits"/>.</summary>
    public BitReader Bits;

    private int _buckets;

    /// <summary>Notes that a histogram takes one more bucket: one that is like another takes memory and no bytes.</summary>
    /// <exception cref="DamagedDataException">They are too many.</exception>
    public void TakeBucket()
    {
        if (++_buckets > ReportLimits.Buckets)
            throw new DamagedDataException("the histograms are too large");
    }
}
