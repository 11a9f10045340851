using System.Globalization;
using Onrush.Measurement;
using Onrush.Users;

namespace Onrush.Runs;

/// <summary>
/// A run's records as metrics with k6's names, kinds and tags. Everything is derived when it is read, so it is as true as the records and costs
/// nothing while nobody asks. Used by the thread that owns the state; what it returns may go anywhere.
/// </summary>
/// <param name="state">The records.</param>
/// <param name="declared">The metrics of the load test; what was not declared is known once it has a value.</param>
/// <param name="scenarioTags">The tags of the scenarios, by their names.</param>
internal sealed class MetricView(
    RunState state,
    IReadOnlyCollection<MetricDefinition>? declared = null,
    IReadOnlyDictionary<string, TagSet>? scenarioTags = null)
{
    private readonly IReadOnlyCollection<MetricDefinition> _declared = declared ?? [];
    private readonly IReadOnlyDictionary<string, TagSet> _scenarioTags = scenarioTags ?? new Dictionary<string, TagSet>();

    /// <summary>All metrics: those that every run has, and those of the load test by name.</summary>
    public IReadOnlyList<MetricDefinition> Definitions =>
        [.. BuiltInMetrics.Definitions, .. _declared.Concat(state.Reported.Definitions).DistinctBy(d => d.Name).OrderBy(d => d.Name, StringComparer.Ordinal)];

    /// <summary>What is known of a metric; null when there is none of that name.</summary>
    public MetricDefinition? Find(string name) =>
        BuiltInMetrics.Find(name)?.Definition
        ?? _declared.FirstOrDefault(d => d.Name == name)
        ?? state.Reported.Definitions.FirstOrDefault(d => d.Name == name);

    /// <summary>Why a part of a metric cannot be told exactly, naming the tag; null when it can.</summary>
    public string? Objection(string name, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        if (Find(name) is not { } metric)
            return $"there is no metric '{name}'{(Suggestion.For(name, Definitions.Select(d => d.Name)) is { Length: > 0 } meant ? meant : ".")}";
        foreach (var (tag, value) in tags)
        {
            if (tags.Count(t => t.Key == tag) > 1)
                return $"{name} is filtered by the tag '{tag}' twice.";
            if (!Has(metric, tag))
                return $"{name} cannot be filtered by the tag '{tag}': {Reason(metric, tag)}";
            if (tag == MetricTags.ExpectedResponse && value is not ("true" or "false"))
                return $"{name} is filtered by the tag 'expected_response' with '{value}': it is true or false.";
            if (tag == MetricTags.Status && !(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status < 1000))
                return $"{name} is filtered by the tag 'status' with '{value}': it is an HTTP status, or 0 for no response.";
        }

        return tags.Any(t => t.Key == MetricTags.Status) && tags.Any(t => t.Key == MetricTags.ExpectedResponse)
            ? $"{name} can be filtered by the tag 'status' or by 'expected_response', not by both: statuses are counted for all requests together."
            : null;
    }

    /// <summary>The values of a metric, or of the part that has all the given tags.</summary>
    /// <exception cref="ArgumentException">There is no such metric, or <see cref="Objection"/> has a reason.</exception>
    public MetricSink Read(string name, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        if (Objection(name, tags) is { } objection)
            throw new ArgumentException(objection, nameof(name));
        var filter = new MetricFilter(tags, _scenarioTags);
        return BuiltInMetrics.Find(name) is { } builtIn
            ? builtIn.Read(new MetricScope(state, filter))
            : state.Reported.Read(name, filter, Find(name)!.Kind, state.FoldedSeconds);
    }

    private bool Has(MetricDefinition metric, string tag) =>
        metric.Tags.Contains(tag)
        || (metric.OwnTags && !MetricTags.Reserved.Contains(tag))
        || (metric.Tags.Contains(MetricTags.Scenario) && _scenarioTags.Values.Any(t => t[tag] is not null));

    private static string Reason(MetricDefinition metric, string tag) => metric switch
    {
        { Tags: [] } => "users are counted over all scenarios.",
        { OwnTags: false } => "iterations are told apart by scenario and its tags only.",
        _ when tag is MetricTags.ExpectedResponse or MetricTags.Status => "it is kept for all requests together.",
        _ => $"it can be filtered by {string.Join(", ", metric.Tags)} and by your own tags.",
    };
}
