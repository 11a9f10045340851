using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>The metrics of a run, as far as they are known before it.</summary>
internal static class RunMetrics
{
    /// <param name="definition">The load test.</param>
    /// <param name="configuration">What it asks for.</param>
    /// <param name="state">The records of the run.</param>
    public static MetricView Of(LoadTestDefinition definition, LoadTestConfiguration configuration, RunState state)
    {
        var tags = configuration.Scenarios.ToDictionary(scenario => scenario.Name, scenario => scenario.Tags);
        return new MetricView(state, [.. definition.Metrics.Select(MetricDefinition.Of)], tags);
    }
}
