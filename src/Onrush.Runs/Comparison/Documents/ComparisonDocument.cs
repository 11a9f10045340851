namespace Onrush.Runs.Comparison;

/// <summary>Two runs side by side as a JSON document; what is said of names, units and versions of the run's document holds here too.</summary>
internal sealed record ComparisonDocument
{
    /// <summary>Version of this document's shape.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The run that is compared with.</summary>
    public required ComparedRunDocument Base { get; init; }

    /// <summary>The run that is compared.</summary>
    public required ComparedRunDocument New { get; init; }

    /// <summary>The whole in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Why the runs are no fair comparison, one sentence each; empty when they are one.</summary>
    public required IReadOnlyList<string> Objections { get; init; }

    /// <summary>What the rules of --fail-on found, one sentence each.</summary>
    public required IReadOnlyList<string> FailedRules { get; init; }

    /// <summary>Probability that no interval misses the truth by chance, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Endpoints that are in both runs, then all requests together (method and scenario empty).</summary>
    public required IReadOnlyList<EndpointChangeDocument> Endpoints { get; init; }

    /// <summary>Endpoints of the base run only.</summary>
    public required IReadOnlyList<EndpointDocument> OnlyInBase { get; init; }

    /// <summary>Endpoints of the new run only.</summary>
    public required IReadOnlyList<EndpointDocument> OnlyInNew { get; init; }
}

/// <summary>One of the two runs.</summary>
internal sealed record ComparedRunDocument
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>Length of what is compared, in milliseconds.</summary>
    public required double ComparedMs { get; init; }

    /// <summary>Share of it in which the generator was the limit, 0 to 1.</summary>
    public required double GeneratorBoundShare { get; init; }
}

/// <summary>What is compared with its like.</summary>
internal sealed record EndpointDocument
{
    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>HTTP method or request type.</summary>
    public required string Method { get; init; }

    /// <summary>Name the requests are grouped under.</summary>
    public required string Name { get; init; }
}

/// <summary>How one endpoint changed.</summary>
internal sealed record EndpointChangeDocument
{
    /// <summary>The endpoint.</summary>
    public required EndpointDocument Endpoint { get; init; }

    /// <summary>Finished requests in the base run, of what is compared.</summary>
    public required long BaseRequests { get; init; }

    /// <summary>Finished requests in the new run.</summary>
    public required long NewRequests { get; init; }

    /// <summary>Its figures.</summary>
    public required IReadOnlyList<MetricChangeDocument> Metrics { get; init; }
}

/// <summary>How one figure of one endpoint changed.</summary>
internal sealed record MetricChangeDocument
{
    /// <summary>The figure: times in milliseconds, rps in requests per second, failed in percent of the requests.</summary>
    public required ComparedMetric Metric { get; init; }

    /// <summary>Its value in the base run.</summary>
    public required double Base { get; init; }

    /// <summary>Its value in the new run.</summary>
    public required double New { get; init; }

    /// <summary>New against base in percent of the base, for failed in percentage points; null with too few requests.</summary>
    public required double? Change { get; init; }

    /// <summary>Lower end of the confidence interval of the change; null with too few requests.</summary>
    public required double? ChangeLow { get; init; }

    /// <summary>Upper end of it; null with too few requests.</summary>
    public required double? ChangeHigh { get; init; }

    /// <summary>What becomes of it.</summary>
    public required ChangeKind Verdict { get; init; }
}
