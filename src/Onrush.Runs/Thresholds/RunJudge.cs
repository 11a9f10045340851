using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Scenarios;

namespace Onrush.Runs;

/// <summary>
/// Judges one run: once a second while it goes on, and for good when everything is folded. Owned by the thread that owns the state, until the run is over.
/// </summary>
internal sealed class RunJudge
{
    private readonly IReadOnlyList<Threshold> _thresholds;
    private readonly IterationLimits? _limits;
    private readonly MetricView _metrics;

    /// <param name="configuration">What the load test asks for.</param>
    /// <param name="more">Thresholds of the command line; they come after those of the load test.</param>
    /// <param name="metrics">The metrics of the run, before its start.</param>
    /// <param name="scenarios">The scenarios of the run, which may have been given in place of those of the load test.</param>
    /// <exception cref="LoadTestException">A threshold cannot be.</exception>
    public RunJudge(LoadTestConfiguration configuration, IReadOnlyList<ThresholdText> more, MetricView metrics, IReadOnlyCollection<string> scenarios)
    {
        string[] replaced = [.. configuration.Scenarios.Select(scenario => scenario.Name).Except(scenarios)];
        var all = Threshold.Of([.. configuration.Thresholds, .. more], metrics, [.. scenarios, .. replaced]);
        _thresholds = [.. all.Where(threshold => !IsAbout(threshold, replaced))];
        if (_thresholds.Count < all.Count)
            EngineLog.Warn($"{all.Count - _thresholds.Count} threshold(s) are about scenarios that this run has not ({string.Join(", ", replaced)}): they are not judged.");
        _limits = configuration.Limits;
        _metrics = metrics;
    }

    /// <summary>The metrics that are judged.</summary>
    public MetricView Metrics => _metrics;

    /// <summary>How the rules stand.</summary>
    public IReadOnlyList<RuleRow> Rules { get; private set; } = [];

    /// <summary>Judges what was folded so far.</summary>
    /// <param name="runTime">Time since the start of the run.</param>
    /// <returns>Why the run has to end now; null when it goes on.</returns>
    public string? Second(TimeSpan runTime)
    {
        RuleRow[] rows = [.. _thresholds.Select(threshold => threshold.Judge(_metrics))];
        Rules = [.. rows, .. IterationBudget.Judge(_limits, _metrics)];
        for (var i = 0; i < rows.Length; i++)
        {
            // Without data nothing is broken yet.
            if (_thresholds[i].AbortOnFail && rows[i].Passed is false && runTime >= _thresholds[i].DelayAbort)
                return $"The threshold '{rows[i].Subject}: {rows[i].Expression}' is broken: {rows[i].Found}.";
        }

        return null;
    }

    /// <summary>Judges the run when everything is folded; a rule without data is broken then. Asks the load test last.</summary>
    /// <param name="loadTest">The load test.</param>
    /// <param name="run">The run, everything counted.</param>
    /// <returns>What the load test was told.</returns>
    public RunSummary End(LoadTest loadTest, RunSnapshot run)
    {
        Rules =
        [
            .. _thresholds.Select(threshold => threshold.Judge(_metrics))
                .Concat(IterationBudget.Judge(_limits, _metrics))
                .Concat(_thresholds.Count > 0 && _limits?.Failed is null ? IterationBudget.NothingTested(_metrics) : [])
                .Select(row => row with { Passed = row.Passed ?? false }),
        ];
        var summary = RunSummaries.Of(run with { Rules = Rules }, _metrics);
        string? thrown = null;
        try
        {
            loadTest.OnTestEndAsync(summary).GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            thrown = $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";
        }

        summary.Close();
        string[] failed = thrown is null ? [.. summary.FailedInvariants] : [.. summary.FailedInvariants, thrown];
        Rules = [.. Rules, .. failed.Select(text => new RuleRow(RuleKind.Invariant, $"{loadTest.GetType().Name}.OnTestEndAsync", text, false))];
        return summary;
    }

    private static bool IsAbout(Threshold threshold, IReadOnlyCollection<string> scenarios) =>
        threshold.Selector.Tags.Any(tag => tag.Key == MetricTags.Scenario && scenarios.Contains(tag.Value));
}

/// <summary>What is left of a run when it is over.</summary>
/// <param name="LoadTest">The load test.</param>
/// <param name="Summary">What it was told.</param>
/// <param name="Metrics">The metrics of the run; they do not change any more.</param>
internal sealed record RunEnding(LoadTest LoadTest, RunSummary Summary, MetricView Metrics);
