using Onrush.Cluster;
using Onrush.Runs;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Cli.Commands;

/// <summary>Makes runs of what a master sent. Used by one run at a time.</summary>
/// <param name="bus">Where load tests are fetched.</param>
/// <param name="loops">Engine loops of this worker; null takes one per core.</param>
internal sealed class SentTests(IWorkerBus bus, int? loops)
{
    private string? _hash;
    private LoadTestDefinition? _loaded;

    /// <inheritdoc cref="PrepareTest"/>
    public async Task<WorkerTest> PrepareAsync(Directive directive, CancellationToken cancel)
    {
        TestPlan plan = directive.Test ?? throw new LoadTestException("The master did not say what to run.");
        if (_hash != plan.Hash)
            (_loaded, _hash) = (TestShipment.Load(await bus.FetchAsync(plan.Hash, cancel).ConfigureAwait(false)), plan.Hash);
        LoadTestDefinition test = ChosenTest.Of(_loaded!, plan);
        LoadTest loadTest = test.CreateLoadTest();
        RunOptions options = plan.Options with { Loops = loops };
        IReadOnlyList<ScenarioPlan> scenarios = ScenarioPlans.Of(test, test.Configure(loadTest), options);
        if (!scenarios.Select(scenario => scenario.Name).SequenceEqual(plan.Scenarios))
        {
            throw new LoadTestException(
                $"The load test configures other scenarios here ({string.Join(", ", scenarios.Select(s => s.Name))}) than on the master ({string.Join(", ", plan.Scenarios)}): "
                + "Configure may depend on options, and on nothing that differs from machine to machine.");
        }

        WorkerTest ready = new(test, loadTest, scenarios, options);
        await TargetHosts.CheckAsync(ready.Classes, options.Host).ConfigureAwait(false);
        return ready;
    }
}
