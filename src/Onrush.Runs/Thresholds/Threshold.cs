using Onrush.Scenarios;

namespace Onrush.Runs;

/// <summary>A threshold that was read and can be answered.</summary>
/// <param name="Selector">Which values it is about.</param>
/// <param name="Rule">What must hold for them.</param>
/// <param name="Metric">What is known of the metric.</param>
/// <param name="AbortOnFail">Whether the run ends as soon as it is broken.</param>
/// <param name="DelayAbort">Time from the start of the run before which it does not.</param>
internal sealed record Threshold(MetricSelector Selector, ThresholdRule Rule, MetricDefinition Metric, bool AbortOnFail, TimeSpan DelayAbort)
{
    /// <summary>Reads the thresholds of a run and refuses what could never be answered.</summary>
    /// <param name="texts">As their authors wrote them.</param>
    /// <param name="metrics">The metrics of the run, before its start.</param>
    /// <param name="scenarios">The scenarios of the run.</param>
    /// <exception cref="LoadTestException">One of them cannot be; the message names the part.</exception>
    public static IReadOnlyList<Threshold> Of(IEnumerable<ThresholdText> texts, MetricView metrics, IReadOnlyCollection<string> scenarios) =>
        [.. texts.Select(text => Of(text, metrics, scenarios))];

    /// <summary>How it stands, and whether it holds; a pure function of what was measured. Without data there is no answer.</summary>
    public RuleRow Judge(MetricView metrics)
    {
        var values = metrics.Read(Selector.Metric, Selector.Tags);
        double? value = values.HasData ? values.Value(Rule.Aggregation, Rule.Fraction) : null;
        return new RuleRow(RuleKind.Threshold, Selector.ToString(), Rule.Source, value is { } some ? Rule.IsKeptBy(some) : null)
        {
            Value = value,
            Found = value is { } found ? $"{Rule.Looks}={MetricText.Of(found, Metric, Rule.Aggregation)}" : "no data",
            AbortOnFail = AbortOnFail,
        };
    }

    private static Threshold Of(ThresholdText text, MetricView metrics, IReadOnlyCollection<string> scenarios)
    {
        try
        {
            var selector = ThresholdParser.Selector(text.Metric);
            var rule = ThresholdParser.Rule(text.Expression);
            if (metrics.Objection(selector.Metric, selector.Tags) is { } objection)
                throw new ThresholdException(objection.TrimEnd('.'));
            var metric = metrics.Find(selector.Metric)!;
            ThresholdCheck.Check(rule, metric);
            ThresholdCheck.Check(selector, scenarios);
            return new Threshold(selector, rule, metric, text.AbortOnFail, text.DelayAbort);
        }
        catch (ThresholdException e)
        {
            var end = e.Message.EndsWith('?') ? "" : ".";
            throw new LoadTestException($"{(text.Place is null ? "--threshold" : "Threshold")} '{text.Metric}: {text.Expression}': {e.Message}{end}", text.Place);
        }
    }
}
