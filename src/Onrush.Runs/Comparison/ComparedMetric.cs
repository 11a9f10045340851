namespace Onrush.Runs.Comparison;

/// <summary>What is compared of an endpoint.</summary>
internal enum ComparedMetric
{
    /// <summary>Median response time of the successful requests, in milliseconds.</summary>
    Median,

    /// <summary>95th percentile of them, in milliseconds.</summary>
    P95,

    /// <summary>99th percentile of them, in milliseconds.</summary>
    P99,

    /// <summary>Mean of them, in milliseconds.</summary>
    Mean,

    /// <summary>Finished requests per second.</summary>
    Rps,

    /// <summary>Failed share of the finished requests, in percent. Its change is in percentage points.</summary>
    Failed,
}

/// <summary>What becomes of a comparison.</summary>
internal enum ChangeKind
{
    /// <summary>Too small, or not surely more than chance.</summary>
    Noise,

    /// <summary>The new run is surely better.</summary>
    Better,

    /// <summary>The new run is surely worse.</summary>
    Worse,

    /// <summary>There are too few requests for a statement.</summary>
    TooFew,
}
