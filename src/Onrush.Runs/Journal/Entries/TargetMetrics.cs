namespace Onrush.Runs.Journal;

/// <summary>Measurements of the target itself, taken at one instant.</summary>
/// <param name="UnixMs">When, in milliseconds of Unix time.</param>
/// <param name="Source">Where they are from, such as the address of an exporter.</param>
/// <param name="Values">Value by name, labels included as the source writes them.</param>
internal sealed record TargetMetrics(long UnixMs, string Source, IReadOnlyDictionary<string, double> Values);
