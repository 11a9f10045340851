namespace Onrush.Runs.Journal;

/// <summary>
/// A report while it is written: what is alike stands together, which packs better. The insides of histograms are most of a report.
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

    /// <summary>The insides of histograms.</summary>
    public BitWriter Bits { get; } = new();

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear()
    {
        Texts.Clear();
        Series.Clear();
        Metrics.Clear();
        Figures.Clear();
        Bits.Clear();
    }
}
