namespace Onrush.Runs.Results;

/// <summary>The distribution of one time, in milliseconds; all 0 while the count is 0. Percentiles are within 0.8 %, the rest is exact.</summary>
internal sealed record TimesDocument
{
    /// <summary>Number of values.</summary>
    public required long Count { get; init; }

    /// <summary>Arithmetic mean in milliseconds.</summary>
    public required double AverageMs { get; init; }

    /// <summary>Smallest value in milliseconds.</summary>
    public required double MinMs { get; init; }

    /// <summary>Median in milliseconds.</summary>
    public required double P50Ms { get; init; }

    /// <summary>66th percentile in milliseconds.</summary>
    public required double P66Ms { get; init; }

    /// <summary>75th percentile in milliseconds.</summary>
    public required double P75Ms { get; init; }

    /// <summary>80th percentile in milliseconds.</summary>
    public required double P80Ms { get; init; }

    /// <summary>90th percentile in milliseconds.</summary>
    public required double P90Ms { get; init; }

    /// <summary>95th percentile in milliseconds.</summary>
    public required double P95Ms { get; init; }

    /// <summary>98th percentile in milliseconds.</summary>
    public required double P98Ms { get; init; }

    /// <summary>99th percentile in milliseconds.</summary>
    public required double P99Ms { get; init; }

    /// <summary>99.9th percentile in milliseconds.</summary>
    public required double P999Ms { get; init; }

    /// <summary>99.99th percentile in milliseconds.</summary>
    public required double P9999Ms { get; init; }

    /// <summary>Largest value in milliseconds.</summary>
    public required double MaxMs { get; init; }
}
