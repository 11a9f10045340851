namespace Onrush.Measurement;

/// <summary>
/// Gives every (scenario, method, name, tags) of one loop its index. Hot: owned by the loop's thread. A small table in front of the
/// dictionary answers nearly every look-up by comparing references, or a few bytes where the name was built for the call.
/// </summary>
/// <param name="tags">The loop's sets of tags.</param>
/// <param name="maxNames">Combinations of scenario, method and name that are told apart.</param>
/// <param name="maxTagged">Combinations of these with tags that are told apart.</param>
internal sealed class SeriesNames(TagTable tags, int maxNames, int maxTagged)
{
    private const int TableSize = 256;

    private readonly Entry[] _table = new Entry[TableSize];
    private readonly Dictionary<(int Scenario, string Method, string Name, int Tags), int> _indices = [];
    private readonly HashSet<(int Scenario, string Method, string Name)> _names = [];
    private readonly List<SeriesKey> _keys = [];
    private readonly List<string> _scenarios = [];
    private int _tagged;

    /// <summary>Number of series.</summary>
    public int Count => _keys.Count;

    /// <summary>Number of scenarios.</summary>
    public int ScenarioCount => _scenarios.Count;

    /// <summary>Look-ups that were answered with <see cref="SeriesKey.OtherName"/> since this was last taken.</summary>
    public long Dropped { get; private set; }

    /// <summary>What an index stands for.</summary>
    public SeriesKey Key(int series) => _keys[series];

    /// <summary>Name of a scenario.</summary>
    public string ScenarioName(int scenario) => _scenarios[scenario];

    /// <summary>The index of a scenario; a new one when the name is new.</summary>
    public int Scenario(string name)
    {
        int index = _scenarios.IndexOf(name);
        if (index >= 0)
            return index;
        _scenarios.Add(name);
        return _scenarios.Count - 1;
    }

    /// <summary>The index of a series; a new one when the combination is new and no limit is reached.</summary>
    public int Series(int scenario, string method, string name, int tagged = TagTable.None)
    {
        ref Entry entry = ref _table[Slot(scenario, method, name, tagged)];
        if (entry.Name is not null && entry.Scenario == scenario && entry.Tags == tagged
            && string.Equals(entry.Name, name) && string.Equals(entry.Method, method))
            return entry.Series;
        int series = LookUp(scenario, method, name, tagged, out bool dropped);
        if (!dropped)
            entry = new Entry(name, method, scenario, tagged, series);
        return series;
    }

    /// <summary>Takes the number of dropped look-ups and starts again at zero.</summary>
    public long TakeDropped()
    {
        long dropped = Dropped;
        Dropped = 0;
        return dropped;
    }

    private static int Slot(int scenario, string method, string name, int tagged)
    {
        // The tail of a path is where names differ; the whole name would cost more than it saves.
        int length = name.Length;
        int hash = length * 31 + method.Length + scenario * 17 + tagged * 41;
        if (length > 0)
            hash += name[length - 1] * 7 + name[length / 2] * 13 + (length > 1 ? name[length - 2] * 61 : 0);
        return hash & (TableSize - 1);
    }

    private int LookUp(int scenario, string method, string name, int tagged, out bool dropped)
    {
        dropped = false;
        if (_indices.TryGetValue((scenario, method, name, tagged), out int series))
            return series;
        if (!_names.Contains((scenario, method, name)))
        {
            if (_names.Count >= maxNames)
            {
                dropped = true;
                Dropped++;
                return WithTags(scenario, method, SeriesKey.OtherName, tagged);
            }
            _names.Add((scenario, method, name));
        }
        return WithTags(scenario, method, name, tagged);
    }

    private int WithTags(int scenario, string method, string name, int tagged)
    {
        if (_indices.TryGetValue((scenario, method, name, tagged), out int series))
            return series;
        if (tagged != TagTable.None && !TagTable.IsOther(tagged) && ++_tagged > maxTagged)
            return WithTags(scenario, method, name, tags.RestOf(tagged));
        series = _keys.Count;
        _keys.Add(new SeriesKey(_scenarios[scenario], method, name, tagged == TagTable.None ? null : tags[tagged]));
        _indices.Add((scenario, method, name, tagged), series);
        return series;
    }

    private readonly record struct Entry(string? Name, string Method, int Scenario, int Tags, int Series);
}
