using Onrush.Scenarios;

namespace Onrush.Cluster;

/// <summary>An order with its place among all of the run.</summary>
/// <param name="Revision">The revision that it came with.</param>
/// <param name="Order">The order; its instant is one of the coordinator's clock.</param>
internal sealed record NumberedOrder(long Revision, ScenarioOrder Order);
