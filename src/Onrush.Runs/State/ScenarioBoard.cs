using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>The scenarios of a run: what is decided about them, how far they are, and which of them stay out of the results.</summary>
internal sealed class ScenarioBoard
{
    private readonly Dictionary<string, ScenarioTotals> _totals = [];
    private readonly WarmUpFilter _warmUps = new();
    private IReadOnlyList<ScenarioFacts> _facts = [];

    /// <summary>What was left out of the results, in a sentence; null when nothing was.</summary>
    public string? WarmUpNote => _warmUps.Note;

    /// <summary>Takes a decision into account.</summary>
    public void Apply(RunChange change)
    {
        if (change.Scenarios is not { } facts)
            return;
        _facts = facts;
        _warmUps.Follow(facts);
    }

    /// <summary>Adds a report, and gives what of it belongs to the results.</summary>
    public IntervalReport Apply(IntervalReport report, ReportSpan span)
    {
        foreach (var iterations in report.Totals.Iterations.Values)
        {
            if (!_totals.TryGetValue(iterations.Scenario, out var totals))
                _totals.Add(iterations.Scenario, totals = new ScenarioTotals());
            totals.Add(iterations, span);
        }

        return _warmUps.Without(report);
    }

    /// <summary>The rows as they are shown.</summary>
    public IReadOnlyList<ScenarioRow> ToRows(IReadOnlyList<WorkerLife> live, int second, long nowUnixMs, RunPhase phase) =>
    [
        .. _facts.Select(facts => (_totals.GetValueOrDefault(facts.Name) ?? new ScenarioTotals()).ToRow(
            facts, [.. live.Select(life => life.Gauges.Scenarios.GetValueOrDefault(facts.Name))], second, nowUnixMs, phase)),
    ];
}
