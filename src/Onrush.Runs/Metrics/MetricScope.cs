namespace Onrush.Runs;

/// <summary>The part of a run's records that a metric is read from.</summary>
/// <param name="State">The records.</param>
/// <param name="Filter">Which of them.</param>
internal sealed record MetricScope(RunState State, MetricFilter Filter)
{
    /// <summary>HTTP requests.</summary>
    public RequestScope Http => new(this, httpOnly: true);

    /// <summary>Requests of any protocol.</summary>
    public RequestScope Requests => new(this, httpOnly: false);

    /// <summary>Iterations.</summary>
    public IterationScope Iterations => new(this);

    /// <summary>What the load test reported under a name.</summary>
    public MetricSink Reported(string name) =>
        State.Reported.Read(name, Filter, BuiltInMetrics.Find(name)!.Definition.Kind, State.FoldedSeconds);
}
