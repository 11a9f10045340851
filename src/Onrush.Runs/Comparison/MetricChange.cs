namespace Onrush.Runs.Comparison;

/// <summary>How one figure of one endpoint changed.</summary>
/// <param name="Metric">The figure.</param>
/// <param name="Base">Its value in the base run, in the unit of the metric.</param>
/// <param name="New">Its value in the new run.</param>
/// <param name="Change">New against base: in percent of the base, for the failed share in percentage points; 0 where it has no meaning.</param>
/// <param name="Low">Lower end of the confidence interval of the change.</param>
/// <param name="High">Upper end of it.</param>
/// <param name="Kind">What becomes of it.</param>
internal sealed record MetricChange(ComparedMetric Metric, double Base, double New, double Change, double Low, double High, ChangeKind Kind)
{
    /// <summary>True when the change is surely more than chance, and large enough to matter.</summary>
    public bool IsSignificant => Kind is ChangeKind.Better or ChangeKind.Worse;
}

/// <summary>How one endpoint changed.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="BaseRequests">Finished requests in the base run, of what is compared.</param>
/// <param name="NewRequests">Finished requests in the new run.</param>
/// <param name="Metrics">Its figures.</param>
internal sealed record EndpointChange(Endpoint Endpoint, long BaseRequests, long NewRequests, IReadOnlyList<MetricChange> Metrics);

/// <summary>Two runs side by side.</summary>
internal sealed record RunComparison
{
    /// <summary>The run that is compared with.</summary>
    public required ComparedRun Base { get; init; }

    /// <summary>The run that is compared.</summary>
    public required ComparedRun New { get; init; }

    /// <summary>Endpoints that are in both runs, then all requests together.</summary>
    public required IReadOnlyList<EndpointChange> Endpoints { get; init; }

    /// <summary>Endpoints of the base run only.</summary>
    public required IReadOnlyList<Endpoint> Gone { get; init; }

    /// <summary>Endpoints of the new run only.</summary>
    public required IReadOnlyList<Endpoint> Added { get; init; }

    /// <summary>Why the runs are no fair comparison, one sentence each; empty when they are one.</summary>
    public required IReadOnlyList<string> Objections { get; init; }

    /// <summary>Probability that no interval misses the truth by chance, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>True when nothing changed for sure.</summary>
    public bool NothingChanged => Endpoints.All(e => e.Metrics.All(m => !m.IsSignificant));
}
