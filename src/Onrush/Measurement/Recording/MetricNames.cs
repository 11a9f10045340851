namespace Onrush.Measurement;

/// <summary>
/// Gives every series of a metric that the load test reports its index on one loop. Hot: owned by the loop's thread. As with the names of
/// requests, a small table answers nearly every look-up. Past the limit a metric's further tags are counted together.
/// </summary>
/// <param name="tags">The loop's sets of tags.</param>
/// <param name="series">Knows the names of the scenarios.</param>
/// <param name="most">Combinations of scenario and tags that are told apart, for each metric.</param>
internal sealed class MetricNames(TagTable tags, SeriesNames series, int most)
{
    private const int TableSize = 256;

    private readonly Entry[] _table = new Entry[TableSize];
    private readonly Dictionary<(MetricInfo Metric, int Scenario, int Tags, string Check), int> _indices = [];
    private readonly Dictionary<MetricKey, int> _byKey = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<MetricKey> _keys = [];

    /// <summary>Number of series.</summary>
    public int Count => _keys.Count;

    /// <summary>What an index stands for.</summary>
    public MetricKey Key(int index) => _keys[index];

    /// <summary>The index of a series.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="scenario">Index of the scenario.</param>
    /// <param name="tagged">Index of the tags.</param>
    /// <param name="check">Name of the check, which becomes one more tag; empty for none.</param>
    public int Index(MetricInfo metric, int scenario, int tagged, string check = "")
    {
        var length = check.Length;
        var slot = metric.Name.Length + scenario * 17 + tagged * 41 + length * 31 + (length > 0 ? check[^1] * 7 + check[length / 2] * 13 : 0);
        ref var entry = ref _table[slot & (TableSize - 1)];
        if (ReferenceEquals(entry.Metric, metric) && entry.Scenario == scenario && entry.Tags == tagged && string.Equals(entry.Check, check))
            return entry.Index;
        if (!_indices.TryGetValue((metric, scenario, tagged, check), out var index))
        {
            index = Register(metric, scenario, tagged, check, out var isOther);
            if (isOther)
                return index;
            _indices.Add((metric, scenario, tagged, check), index);
        }

        entry = new Entry(metric, check, scenario, tagged, index);
        return index;
    }

    private int Register(MetricInfo metric, int scenario, int tagged, string check, out bool isOther)
    {
        var set = check.Length == 0 ? tags[tagged] : tags[tagged].With(MetricTags.Check, check);
        isOther = _counts.GetValueOrDefault(metric.Name) >= most;
        var key = new MetricKey(metric.Name, metric.Kind, metric.Unit, series.ScenarioName(scenario), isOther ? TagSet.Other : set);
        if (_byKey.TryGetValue(key, out var index))
            return index;
        if (!isOther)
            _counts[metric.Name] = _counts.GetValueOrDefault(metric.Name) + 1;
        _keys.Add(key);
        _byKey.Add(key, _keys.Count - 1);
        return _keys.Count - 1;
    }

    private readonly record struct Entry(MetricInfo? Metric, string Check, int Scenario, int Tags, int Index);
}
