namespace Onrush;

/// <summary>What a run gave in one interval. Immutable.</summary>
public sealed record OutputInterval
{
    /// <summary>Beginning.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Length.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>Users alive at the end.</summary>
    public int Users { get; init; }

    /// <summary>Requests in flight at the end.</summary>
    public long InFlight { get; init; }

    /// <summary>Iterations that were finished.</summary>
    public long Iterations { get; init; }

    /// <summary>What was requested, by name, then method, then scenario; series in which nothing finished are left out.</summary>
    public IReadOnlyList<OutputSeries> Requests { get; init; } = [];

    /// <summary>Checks, groups (<c>group_duration</c>) and the load test's own metrics.</summary>
    public IReadOnlyList<OutputMetric> Metrics { get; init; } = [];
}
