using Onrush.Bench.Measuring;
using Onrush.Bench.Measuring.Bound;
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

    /// <summary>Nanoseconds of bookkeeping per request; null when it was not asked for.</summary>
    public double? MeasuringNs { get; init; }

    /// <summary>The same in percent of the CPU time of a request.</summary>
    public double? MeasuringCostPercent => MeasuringNs is { } ns && Find("plain50")?.Find(Generators.AllGenerators.Fast) is { } row
        ? ns / 10 / row.Spread(sample => sample.UserMicroseconds + sample.SystemMicroseconds).Median
        : null;

    /// <summary>The bundle of that name; null when it was not measured.</summary>
    public ThroughputResult? Find(string bundle) => Throughput.FirstOrDefault(result => result.Bundle.Name == bundle);
}
