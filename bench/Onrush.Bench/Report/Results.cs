using Onrush.Bench.Measuring;
using Onrush.Bench.Measuring.Throughput;

namespace Onrush.Bench.Report;

/// <summary>Everything that was measured; null where it was not asked for.</summary>
internal sealed record Results
{
    public IReadOnlyList<ThroughputResult> Throughput { get; init; } = [];

    public UsersResult? Users { get; init; }

    public BoundResult? Bound { get; init; }

    public ArrivalResult? Arrivals { get; init; }

    public StartResult? Start { get; init; }

    /// <summary>The bundle of that name; null when it was not measured.</summary>
    public ThroughputResult? Find(string bundle) => Throughput.FirstOrDefault(result => result.Bundle.Name == bundle);
}
