using Onrush.Engine;
using Onrush.Scenarios;

namespace Onrush.Runs;

/// <summary>From what the director knows to what those who watch the run are told.</summary>
internal static class Facts
{
    /// <param name="director">The director.</param>
    /// <param name="nowNs">The time now on the monotonic clock.</param>
    /// <param name="nowUnixMs">The same instant in milliseconds of Unix time.</param>
    public static IReadOnlyList<ScenarioFacts> Of(RunDirector director, long nowNs, long nowUnixMs)
    {
        return [.. director.Scenarios.Select(scenario => new ScenarioFacts(scenario.Plan.Name, scenario.Plan.Executor.Kind)
        {
            Iterations = scenario.Plan.Executor is IterationsExecutor iterations ? iterations.Total : null,
            LengthMs = scenario.Length is { } length ? (long)length.TotalMilliseconds : null,
            TargetUsers = scenario.TargetUsers,
            StartUnixMs = Unix(scenario.StartNs),
            EndUnixMs = Unix(scenario.EndNs),
            WarmUp = scenario.Plan.WarmUp,
            Tags = scenario.Plan.Tags,
        })];

        long? Unix(long? ns) => ns is { } at ? nowUnixMs + (at - nowNs) / MonotonicClock.Millisecond : null;
    }
}
