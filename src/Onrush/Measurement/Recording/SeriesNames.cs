namespace Onrush.Measurement;

/// <summary>
/// Gives every (scenario, method, name) of one loop its index. Hot: owned by the loop's thread. A small table in front of the
/// dictionary answers nearly every look-up by comparing references, or a few bytes where the name was built for the call.
/// </summary>
internal sealed class SeriesNames(int maxNames)
{
    private const int TableSize = 256;

    private readonly Entry[] _table = new Entry[TableSize];
    private readonly Dictionary<(int Scenario, string Method, string Name), int> _indices = [];
    private readonly List<SeriesKey> _keys = [];
    private readonly List<string> _scenarios = [];
    private int _names;

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

    /// <summary>The index of a series; a new one when the combination is new and the limit on names is not reached.</summary>
    public int Series(int scenario, string method, string name)
    {
        ref Entry entry = ref _table[Slot(scenario, method, name)];
        if (entry.Name is not null && entry.Scenario == scenario
            && string.Equals(entry.Name, name) && string.Equals(entry.Method, method))
            return entry.Series;
        int series = LookUp(scenario, method, name, out bool dropped);
        if (!dropped)
            entry = new Entry(name, method, scenario, series);
        return series;
    }

    /// <summary>Takes the number of dropped look-ups and starts again at zero.</summary>
    public long TakeDropped()
    {
        long dropped = Dropped;
        Dropped = 0;
        return dropped;
    }

    private static int Slot(int scenario, string method, string name)
    {
        // The tail of a path is where names differ; the whole name would cost more than it saves.
        int length = name.Length;
        int hash = length * 31 + method.Length + scenario * 17;
        if (length > 0)
            hash += name[length - 1] * 7 + name[length / 2] * 13 + (length > 1 ? name[length - 2] * 61 : 0);
        return hash & (TableSize - 1);
    }

    private int LookUp(int scenario, string method, string name, out bool dropped)
    {
        dropped = false;
        if (_indices.TryGetValue((scenario, method, name), out int series))
            return series;
        if (_names >= maxNames)
        {
            dropped = true;
            Dropped++;
            return Other(scenario, method);
        }
        _names++;
        return Register(scenario, method, name);
    }

    private int Other(int scenario, string method) =>
        _indices.TryGetValue((scenario, method, SeriesKey.OtherName), out int series)
            ? series
            : Register(scenario, method, SeriesKey.OtherName);

    private int Register(int scenario, string method, string name)
    {
        int series = _keys.Count;
        _keys.Add(new SeriesKey(_scenarios[scenario], method, name));
        _indices.Add((scenario, method, name), series);
        return series;
    }

    private readonly record struct Entry(string? Name, string Method, int Scenario, int Series);
}
