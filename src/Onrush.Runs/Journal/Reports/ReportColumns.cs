namespace Onrush.Runs.Journal;

/// <summary>
/// A report while it is written: what is alike stands together, which packs better. The numbers of buckets and the counts in them are most of a report.
/// </summary>
internal sealed class ReportColumns
{
    /// <summary>New texts.</summary>
    public PackedWriter Texts { get; } = new();

    /// <summary>New series.</summary>
    public PackedWriter Series { get; } = new();

    /// <summary>New series of metrics.</summary>
    public PackedWriter Metrics { get; } = new();

    /// <summary>Everything that is in no other column.</summary>
    public PackedWriter Figures { get; } = new();

    /// <summary>Distances between the buckets of histograms.</summary>
    public PackedWriter Gaps { get; } = new();

    /// <summary>Counts in the buckets of histograms.</summary>
    public PackedWriter Counts { get; } = new();

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear()
    {
        Texts.Clear();
        Series.Clear();
        Metrics.Clear();
        Figures.Clear();
        Gaps.Clear();
        Counts.Clear();
    }
}
