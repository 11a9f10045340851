using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>The metrics of a run, as far as they are known before it.</summary>
internal static class RunMetrics
{
    /// <param name="definition">The load test, whose own metrics are known by name.</param>
    /// <param name="plan">The scenarios of the run.</param>
    /// <param name="state">The records of the run.</param>
    public static MetricView Of(LoadTestDefinition definition, IReadOnlyList<ScenarioPlan> plan, RunState state) =>
        new(state, [.. definition.Metrics.Select(MetricDefinition.Of)], plan.ToDictionary(scenario => scenario.Name, scenario => scenario.Tags));
}
