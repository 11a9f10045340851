namespace Onrush.Runs;

/// <summary>How much a run tells apart; what is more is counted together. Bounds its memory whatever the length of the run.</summary>
internal sealed record RunStateLimits
{
    /// <summary>Different series, not counting the ones that take the rest.</summary>
    public int Series { get; init; } = 2000;

    /// <summary>Different combinations of series and tags.</summary>
    public int TaggedSeries { get; init; } = 2000;

    /// <summary>Different combinations of a metric that the load test reports, scenario and tags, for each metric.</summary>
    public int MetricSeries { get; init; } = 2000;

    /// <summary>Different failures.</summary>
    public int Failures { get; init; } = 500;

    /// <summary>Different unhandled exceptions.</summary>
    public int Exceptions { get; init; } = 500;

    /// <summary>Different measurements of the target.</summary>
    public int TargetSeries { get; init; } = 64;

    /// <summary>Different reasons of users that ended themselves.</summary>
    public int StopReasons { get; init; } = 100;
}
