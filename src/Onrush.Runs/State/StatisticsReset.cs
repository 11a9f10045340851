namespace Onrush.Runs;

/// <summary>Someone asked for the totals to begin anew. Folded beside the interval reports, in the order in which it happened.</summary>
/// <param name="UnixMs">When, in milliseconds of Unix time.</param>
internal sealed record StatisticsReset(long UnixMs);
