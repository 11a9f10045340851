namespace Onrush.Runs.Comparison;

/// <summary>How sure and how large a change has to be. The defaults are chosen in docs/decisions by simulation.</summary>
internal sealed record ComparisonOptions
{
    /// <summary>Probability that no interval of the whole comparison misses the truth by chance, 0 to 1.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Smaller changes are noise whatever the interval says, in percent: two runs of the same are never equal.</summary>
    public double LeastChangePercent { get; init; } = 5;

    /// <summary>Smaller changes of the failed share are noise, in percentage points.</summary>
    public double LeastFailedPoints { get; init; } = 0.1;

    /// <summary>Number of blocks that a run is cut into.</summary>
    public int Blocks { get; init; } = 10;
}
