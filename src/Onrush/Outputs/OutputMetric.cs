using Onrush.Measurement;

namespace Onrush;

/// <summary>The values of one metric that the load test itself reported in one interval, for one scenario and set of tags. Immutable.</summary>
public sealed record OutputMetric
{
    /// <summary>Name: <c>checks</c> for checks, <c>group_duration</c> for groups.</summary>
    public required string Name { get; init; }

    /// <summary>How its values are put together.</summary>
    public required MetricKind Kind { get; init; }

    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>Tags by name; a check's name is the tag <c>check</c>.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Number of values.</summary>
    public long Count { get; init; }

    /// <summary>Sum of the values in the metric's unit; for a rate, checks among them, the number of those that are not zero.</summary>
    public double Sum { get; init; }

    /// <summary>Smallest value.</summary>
    public double Min { get; init; }

    /// <summary>Largest value.</summary>
    public double Max { get; init; }

    /// <summary>The newest value.</summary>
    public double Last { get; init; }
}
