using Onrush.Cli.Logging;
using Onrush.Cli.Options;
using Onrush.Cli.Terminal;
using Onrush.Runs;
using Onrush.Runs.Capacity;

namespace Onrush.Cli.Commands;

/// <summary>The search beside a run: begun with it, judged in place of its requests. Where none is asked for it does nothing.</summary>
internal sealed class CapacityTask(OptionValues values, Log log)
{
    private readonly CapacityPlan? _plan = CapacityOptions.Plan(values);
    private Task<CapacityResult>? _search;

    /// <summary>What it found; null where none was asked for, or the run did not come to it.</summary>
    public CapacityResult? Result => _search is { IsCompletedSuccessfully: true } ? _search.Result : null;

    /// <summary>Begins to search.</summary>
    public void Begin(IRunControl run)
    {
        if (_plan is null)
            return;
        // Lines of the log are kept in the journal, so every step is.
        string? scenario = _plan.Metric == CapacityMetric.Rate ? ScenarioPlans.DefaultScenario : null;
        _search = Task.Run(() => new CapacityRun(run, _plan, scenario, line => log.Info($"capacity: {line}")).SearchAsync());
    }

    /// <summary>Waits for its last word, once the run is over.</summary>
    public async Task EndAsync()
    {
        if (_search is null)
            return;
        try
        {
            await _search.WaitAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            log.Error($"the capacity search failed: {e.Message}");
        }
    }

    /// <summary>What the run comes to: failed requests of the levels that broke are what was searched for.</summary>
    public Verdict Judge(Verdict verdict, RunSnapshot last) => Result is not { } result ? verdict
        : !last.Conservation.Holds ? verdict
        : result.IsGeneratorBound ? new Verdict(ExitCodes.GeneratorBound, result.Text)
        : result is { IsComplete: true, Low: > 0 } ? new Verdict(ExitCodes.Success, result.Text)
        : result.IsComplete ? new Verdict(ExitCodes.RulesBroken, result.Text)
        : new Verdict(ExitCodes.Failed, result.Text);

    /// <summary>The table that is printed; null where there is none.</summary>
    public string? Table => Result is { } result ? CapacityTable.Render(result) : null;
}
