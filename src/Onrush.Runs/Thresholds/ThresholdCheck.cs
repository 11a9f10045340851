using Onrush.Measurement;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>Refuses rules that a metric could never answer, or could answer in one way only.</summary>
internal static class ThresholdCheck
{
    /// <exception cref="ThresholdException">The rule makes no sense for the metric.</exception>
    public static void Check(ThresholdRule rule, MetricDefinition metric)
    {
        if (!metric.Aggregations.Contains(rule.Aggregation))
        {
            throw new ThresholdException(
                $"{metric.Name} is a {metric.Kind.ToString().ToLowerInvariant()} and has no {rule.Looks}; "
                + $"it has {string.Join(", ", metric.Aggregations.Select(a => ThresholdRule.TextOf(a, null)))}");
        }

        if (metric.Kind == MetricKind.Rate && rule.Limit is not (>= 0 and <= 1))
            throw new ThresholdException(FormattableString.Invariant($"a rate is a share from 0 to 1, so {rule.Limit} decides nothing; 5 % is 0.05"));
    }

    /// <exception cref="ThresholdException">It asks for a scenario that the run has not.</exception>
    public static void Check(MetricSelector selector, IReadOnlyCollection<string> scenarios)
    {
        foreach (var (tag, value) in selector.Tags)
        {
            if (tag == MetricTags.Scenario && !scenarios.Contains(value))
                throw new ThresholdException($"there is no scenario '{value}' (the run has {string.Join(", ", scenarios)}){Suggestion.For(value, scenarios)}");
        }
    }
}
