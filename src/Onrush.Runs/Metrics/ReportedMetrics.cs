using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>What a load test itself reported since the start of the run, by metric, scenario and tags. Cold side; owned by one thread.</summary>
/// <param name="mostSeries">Combinations of scenario and tags that are told apart, for each metric.</param>
internal sealed class ReportedMetrics(int mostSeries)
{
    private readonly Dictionary<MetricKey, MetricTotals> _totals = [];
    private readonly SortedDictionary<string, int> _series = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, MetricDefinition> _definitions = new(StringComparer.Ordinal);

    /// <summary>The load test's own metrics that have a value, by name.</summary>
    public IReadOnlyCollection<MetricDefinition> Definitions => _definitions.Values;

    /// <summary>All series with their totals, in no order.</summary>
    public IReadOnlyCollection<KeyValuePair<MetricKey, MetricTotals>> All => _totals;

    /// <summary>Metrics with more combinations of tags than are told apart.</summary>
    public IEnumerable<string> Crowded => _totals.Keys.Where(k => k.Tags.IsOther).Select(k => k.Name).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Intervals whose parts did not agree, and that were not counted.</summary>
    public long Refused { get; private set; }

    /// <summary>Adds what a report says.</summary>
    public void Add(MetricKey key, MetricInterval interval)
    {
        if (!interval.Holds || (key.Kind == MetricKind.Trend && interval.Values.Count == 0))
        {
            Refused++;
            return;
        }

        if (!_totals.TryGetValue(key, out var totals))
        {
            var known = _series.GetValueOrDefault(key.Name);
            if (known >= mostSeries && !key.Tags.IsOther)
            {
                Add(key with { Tags = TagSet.Other }, interval);
                return;
            }

            _series[key.Name] = known + 1;
            _totals.Add(key, totals = new MetricTotals(key));
            if (BuiltInMetrics.Find(key.Name) is null)
                _definitions.TryAdd(key.Name, DefinitionOf(key.Name, key.Kind, key.Unit));
        }

        totals.Add(interval);
    }

    /// <summary>The part of a metric that a filter chooses.</summary>
    public MetricSink Read(string name, MetricFilter filter, MetricKind kind, double seconds) =>
        MetricTotals.Read(_totals.Where(t => t.Key.Name == name && filter.Takes(t.Key)).Select(t => t.Value), kind, seconds);

    /// <summary>What is known of a metric of the load test.</summary>
    public static MetricDefinition DefinitionOf(string name, MetricKind kind, MetricUnit unit) =>
        new(name, kind, unit, MetricSection.Custom, [MetricTags.Scenario, MetricTags.Group], OwnTags: true);
}
