using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>
/// Which part of a metric is asked for. Tags compare by their whole value; a tag that something does not have counts as the empty value, as
/// the group of what lies outside of all groups.
/// </summary>
/// <param name="tags">Every one must match.</param>
/// <param name="scenarioTags">The tags of the scenarios, by their names.</param>
internal sealed class MetricFilter(IReadOnlyList<KeyValuePair<string, string>> tags, IReadOnlyDictionary<string, TagSet> scenarioTags)
{
    /// <summary>Whether everything is asked for.</summary>
    public bool IsEmpty => tags.Count == 0;

    /// <summary>The value a tag must have; null when it does not matter.</summary>
    public string? this[string tag]
    {
        get
        {
            foreach (var (name, value) in tags)
            {
                if (name == tag)
                    return value;
            }

            return null;
        }
    }

    /// <summary>Whether requests of a series are asked for, their outcome aside.</summary>
    public bool Takes(SeriesKey key) => tags.All(tag => tag.Key switch
    {
        MetricTags.ExpectedResponse or MetricTags.Status => true,
        MetricTags.Method => key.Method == tag.Value,
        MetricTags.Name => key.Name == tag.Value,
        _ => Value(tag.Key, key.Scenario, key.Tags) == tag.Value,
    });

    /// <summary>Whether a series of a reported metric is asked for.</summary>
    public bool Takes(MetricKey key) => tags.All(tag => Value(tag.Key, key.Scenario, key.Tags) == tag.Value);

    /// <summary>Whether a scenario is asked for.</summary>
    public bool TakesScenario(string scenario) => tags.All(tag => Value(tag.Key, scenario, null) == tag.Value);

    private string Value(string tag, string scenario, TagSet? own) =>
        tag == MetricTags.Scenario ? scenario : own?[tag] ?? scenarioTags.GetValueOrDefault(scenario)?[tag] ?? "";
}
