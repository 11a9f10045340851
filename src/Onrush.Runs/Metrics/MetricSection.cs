namespace Onrush.Runs;

/// <summary>Where a metric belongs in a summary: k6's blocks.</summary>
internal enum MetricSection
{
    /// <summary>Metrics of the load test itself.</summary>
    Custom,

    /// <summary>Checks.</summary>
    Checks,

    /// <summary>Requests.</summary>
    Http,

    /// <summary>Iterations and users.</summary>
    Execution,

    /// <summary>Bytes.</summary>
    Network,
}
