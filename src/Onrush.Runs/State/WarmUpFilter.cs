using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>Keeps what warm-up scenarios measured out of the results, and notes how much that was.</summary>
internal sealed class WarmUpFilter
{
    private HashSet<string> _names = [];
    private long _requests;
    private long _failed;
    private long _iterations;

    /// <summary>Which scenarios are warm-ups.</summary>
    public void Follow(IEnumerable<ScenarioFacts> scenarios) => _names = [.. scenarios.Where(s => s.WarmUp).Select(s => s.Name)];

    /// <summary>The same, as a picture shows it.</summary>
    public void Follow(IEnumerable<ScenarioRow> scenarios) => _names = [.. scenarios.Where(s => s.WarmUp).Select(s => s.Name)];

    /// <summary>The report without what belongs to warm-ups. Exceptions of their code stay: they have no scenario, and should be seen.</summary>
    public IntervalReport Without(IntervalReport report)
    {
        if (_names.Count == 0)
            return report;
        foreach (var series in report.Totals.Series.Values.Where(series => _names.Contains(series.Key.Scenario)))
        {
            _requests += series.Succeeded + series.Failed;
            _failed += series.Failed;
        }

        foreach (var iterations in report.Totals.Iterations.Values.Where(iterations => _names.Contains(iterations.Scenario)))
            _iterations += iterations.Duration.Count;
        return report with
        {
            Totals = report.Totals with
            {
                Series = Kept(report.Totals.Series, key => key.Scenario),
                Errors = Kept(report.Totals.Errors, key => key.Series.Scenario),
                Iterations = Kept(report.Totals.Iterations, key => key),
                Metrics = Kept(report.Totals.Metrics, key => key.Scenario),
            },
        };
    }

    /// <summary>What was left out, in a sentence; null when nothing was.</summary>
    public string? Note => _requests + _iterations == 0
        ? null
        : FormattableString.Invariant($"Warm-up, in no other figure: {_iterations:#,0} iterations, {_requests:#,0} requests, {_failed:#,0} of them failed.");

    private Dictionary<TKey, TValue> Kept<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> all, Func<TKey, string> scenario)
        where TKey : notnull => all.Where(pair => !_names.Contains(scenario(pair.Key))).ToDictionary(pair => pair.Key, pair => pair.Value);
}
