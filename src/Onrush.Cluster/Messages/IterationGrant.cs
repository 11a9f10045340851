namespace Onrush.Cluster;

/// <summary>Iterations that a worker may begin besides its own, since others have left them undone.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Ordinal">Ordinal of the worker.</param>
/// <param name="Iterations">Their number, over the whole run.</param>
internal sealed record IterationGrant(string Scenario, int Ordinal, long Iterations);
