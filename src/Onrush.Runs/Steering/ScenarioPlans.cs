using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>Which scenarios a run has.</summary>
internal static class ScenarioPlans
{
    /// <summary>Name of the scenario of a load test that configures none.</summary>
    public const string DefaultScenario = "default";

    /// <summary>
    /// The configured scenarios; without them, or when users or spawn rate were given with the run, all user classes by users and spawn rate, or by the first load shape.
    /// </summary>
    public static IReadOnlyList<ScenarioPlan> Of(LoadTestDefinition definition, LoadTestConfiguration configuration, RunOptions options)
    {
        if (configuration.Scenarios.Count > 0 && !options.ReplacesScenarios)
            return configuration.Scenarios;
        if (configuration.Scenarios.Count > 0)
        {
            EngineLog.Warn(
                $"{(options.Executor is null ? "Users or spawn rate were" : "A load was")} given: {(options.Executor is null ? "they replace" : "it replaces")} the scenarios of the load test ({string.Join(", ", configuration.Scenarios.Select(s => s.Name))}). Leave them out to run those.");
        }

        // A shape among the scenarios belongs to them.
        var shape = configuration.Scenarios.Count == 0 && definition.Shapes.Count > 0 ? definition.Shapes[0] : null;
        Executor executor = options.Executor ?? (shape is null
            ? new UsersAndSpawnRateExecutor(options.Users, options.SpawnRate, null)
            : new LoadShapeExecutor(() => LoadTestDefinition.CreateShape(shape)));
        return [new ScenarioPlan(DefaultScenario, definition.Users, null, executor, TimeSpan.Zero, options.StopTimeout, TagSet.Empty, null, WarmUp: false)];
    }
}
