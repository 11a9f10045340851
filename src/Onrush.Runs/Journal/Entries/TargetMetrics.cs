namespace Onrush.Runs.Journal;

/// <summary>Measurements of the target itself, taken at one instant.</summary>
/// <param name="UnixMs">When, in milliseconds of Unix time.</param>
/// <param name="Source">Where they are from, such as the address of an exporter.</param>
/// <param name="Values">Value by name, labels included as the source writes them; no number where it could not be read.</param>
internal sealed record TargetMetrics(long UnixMs, string Source, IReadOnlyDictionary<string, double> Values)
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Unit by name, of those that have one.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = None;
}
