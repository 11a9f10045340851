using Onrush.Runs;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Cluster;

/// <summary>What a worker runs, ready to go.</summary>
/// <param name="Definition">The load test with the chosen classes.</param>
/// <param name="LoadTest">The instance whose events are raised.</param>
/// <param name="Plan">The scenarios.</param>
/// <param name="Options">What the run was started with.</param>
internal sealed record WorkerTest(LoadTestDefinition Definition, LoadTest LoadTest, IReadOnlyList<ScenarioPlan> Plan, RunOptions Options)
{
    /// <summary>The classes that have users.</summary>
    public IEnumerable<UserClass> Classes => Plan.SelectMany(scenario => scenario.Classes).DistinctBy(user => user.Type);

    /// <summary>Whether any of them needs connections.</summary>
    public bool NeedsConnections => Classes.Any(user => user.NeedsHost);
}
