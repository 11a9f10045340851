namespace Onrush.Measurement;

/// <summary>The reported metrics of one interval half. Owned by whoever holds the half; made as series come up and used again.</summary>
internal sealed class MetricHalf(MetricNames names, ChunkPool pool)
{
    private readonly List<MetricCounters> _touched = [];
    private MetricCounters?[] _counters = [];

    /// <summary>The series that have something in this interval.</summary>
    public IReadOnlyList<MetricCounters> Touched => _touched;

    /// <summary>The counters of a series.</summary>
    public MetricCounters Touch(int index)
    {
        if (index >= _counters.Length)
            Array.Resize(ref _counters, Math.Max(names.Count, _counters.Length * 2));
        var counters = _counters[index] ??= new MetricCounters(names.Key(index), pool);
        if (counters.Count == 0)
            _touched.Add(counters);
        return counters;
    }

    /// <summary>Sets everything to zero and keeps the memory.</summary>
    public void Clear()
    {
        foreach (var counters in _touched)
            counters.Clear();
        _touched.Clear();
    }
}
