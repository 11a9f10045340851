using Onrush.Measurement;

namespace Onrush.Runs.Journal;

/// <summary>
/// The names that one writer of reports has used since its last complete report, by number: what a report after it refers to. The reading side has
/// the same lists in the same order.
/// </summary>
internal sealed class ReportNames
{
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<SeriesKey, int> _series = [];
    private readonly Dictionary<MetricKey, int> _metrics = [];

    /// <summary>Texts so far.</summary>
    public int Texts => _texts.Count;

    /// <summary>Series so far.</summary>
    public int Series => _series.Count;

    /// <summary>Series of metrics so far.</summary>
    public int Metrics => _metrics.Count;

    /// <summary>Characters in all texts.</summary>
    public long Characters { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _texts.Clear();
        _series.Clear();
        _metrics.Clear();
        Characters = 0;
    }

    /// <summary>The number of a text; a new one is appended to the definitions.</summary>
    public int Text(string text, ReportColumns to)
    {
        if (_texts.TryGetValue(text, out var number))
            return number;
        to.Texts.Text(text);
        Characters += text.Length;
        _texts.Add(text, number = _texts.Count);
        return number;
    }

    /// <summary>The number of a series; a new one is appended to the definitions.</summary>
    public int SeriesNumber(SeriesKey key, ReportColumns to)
    {
        if (_series.TryGetValue(key, out var number))
            return number;
        to.Series.Count(Text(key.Scenario, to));
        to.Series.Count(Text(key.Method, to));
        to.Series.Count(Text(key.Name, to));
        Tags(key.Tags ?? TagSet.Empty, to.Series, to);
        _series.Add(key, number = _series.Count);
        return number;
    }

    /// <summary>The number of a series of a metric; a new one is appended to the definitions.</summary>
    public int MetricNumber(MetricKey key, ReportColumns to)
    {
        if (_metrics.TryGetValue(key, out var number))
            return number;
        to.Metrics.Count(Text(key.Name, to));
        to.Metrics.Count((int)key.Kind);
        to.Metrics.Count((int)key.Unit);
        to.Metrics.Count(Text(key.Scenario, to));
        Tags(key.Tags, to.Metrics, to);
        _metrics.Add(key, number = _metrics.Count);
        return number;
    }

    private void Tags(TagSet tags, PackedWriter list, ReportColumns to)
    {
        list.Count(tags.Tags.Count);
        foreach (var (name, value) in tags.Tags)
        {
            list.Count(Text(name, to));
            list.Count(Text(value, to));
        }
    }
}
