namespace Onrush.Runs.Capacity;

/// <summary>What is searched for.</summary>
internal enum CapacityMetric
{
    /// <summary>Users at a time.</summary>
    Users,

    /// <summary>Iterations per second.</summary>
    Rate,
}

/// <summary>How a capacity is searched for.</summary>
/// <param name="Metric">Of what.</param>
/// <param name="Rules">What the target has to keep.</param>
internal sealed record CapacityPlan(CapacityMetric Metric, IReadOnlyList<SloRule> Rules)
{
    /// <summary>The level that is tried first.</summary>
    public int Start { get; init; } = 10;

    /// <summary>The largest level that is tried.</summary>
    public int Max { get; init; } = 10_000;

    /// <summary>How long is measured at each level.</summary>
    public TimeSpan StepTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a level has to give the same before it counts; of twice as many tries less one.</summary>
    public int Confidence { get; init; } = 2;

    /// <summary>How near the levels that hold and do not hold have to come, as a share.</summary>
    public double Resolution { get; init; } = 0.05;

    /// <summary>One of them, or several.</summary>
    public string Unit(double level) => Metric == CapacityMetric.Rate ? "iterations/s" : level == 1 ? "user" : "users";
}
