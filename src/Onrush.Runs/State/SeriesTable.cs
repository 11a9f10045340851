using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>
/// What all series of a run gave: one row per scenario, method and name as tables show it, and beneath it one total for each combination of
/// tags. A row with a single combination, which is nearly every one, is that total; it takes memory of its own only from the second on.
/// </summary>
internal sealed class SeriesTable(RunStateLimits limits)
{
    private readonly Dictionary<SeriesKey, SeriesTotals> _totals = [];
    private readonly Dictionary<SeriesKey, SeriesTotals> _rows = [];
    private List<SeriesTotals>? _sorted;
    private int _names;
    private int _tagged;

    /// <summary>The rows, in no order.</summary>
    public IReadOnlyCollection<SeriesTotals> Rows => _rows.Values;

    /// <summary>The rows by name, method and scenario.</summary>
    public IReadOnlyList<SeriesTotals> Sorted => _sorted ??= [.. _rows.Values.OrderBy(s => s.Key)];

    /// <summary>Whether names were past the limit.</summary>
    public bool HasOtherNames => _rows.Keys.Any(k => k.Name == SeriesKey.OtherName);

    /// <summary>Whether combinations of tags were past the limit.</summary>
    public bool HasOtherTags => _totals.Keys.Any(k => k.Tags is { IsOther: true });

    /// <summary>Adds what a report says of a series.</summary>
    public void Add(SeriesInterval interval, ReportSpan span)
    {
        var key = Known(interval.Key);
        var total = _totals.GetValueOrDefault(key) ?? NewTotal(key);
        total.Add(interval, span);
        var row = _rows[RowOf(key)];
        if (!ReferenceEquals(row, total))
            row.Add(interval, span);
    }

    /// <summary>Forgets what has ended and carries over what is in flight.</summary>
    public void Restart()
    {
        var open = _totals.Values.Where(t => t.InFlight > 0).Select(t => t.Restarted()).ToList();
        _totals.Clear();
        _rows.Clear();
        (_names, _tagged) = (0, 0);
        foreach (var total in open)
        {
            Register(total);
            var row = _rows[RowOf(total.Key)];
            if (!ReferenceEquals(row, total))
                row.Add(total);
        }

        _sorted = null;
    }

    /// <summary>The row that a series is shown in.</summary>
    public SeriesKey RowKey(SeriesKey series) => RowOf(Known(series));

    /// <summary>The totals that a filter chooses.</summary>
    public IEnumerable<SeriesTotals> Where(bool httpOnly, MetricFilter filter) =>
        _totals.Values.Where(t => !(httpOnly && t.Key.Tags?[MetricTags.Protocol] is not null) && (filter.IsEmpty || filter.Takes(t.Key)));

    private static SeriesKey RowOf(SeriesKey key) => key.Tags is null ? key : key with { Tags = null };

    /// <summary>The series that counts for another one, which is past a limit; else the same.</summary>
    private SeriesKey Known(SeriesKey key)
    {
        if (_totals.ContainsKey(key))
            return key;
        if (key.Name != SeriesKey.OtherName && _names >= limits.Series && !_rows.ContainsKey(RowOf(key)))
            key = key with { Name = SeriesKey.OtherName };
        return key.Tags is { IsOther: false } tags && _tagged >= limits.TaggedSeries && !_totals.ContainsKey(key) ? key with { Tags = tags.Rest } : key;
    }

    private SeriesTotals NewTotal(SeriesKey key)
    {
        var total = new SeriesTotals(key);
        Register(total);
        return total;
    }

    private void Register(SeriesTotals total)
    {
        var key = total.Key;
        _totals.Add(key, total);
        if (key.Tags is { IsOther: false })
            _tagged++;
        var rowKey = RowOf(key);
        if (!_rows.TryGetValue(rowKey, out var row))
        {
            _rows.Add(rowKey, total);
            _names += key.Name == SeriesKey.OtherName ? 0 : 1;
        }
        else if (_totals.TryGetValue(row.Key, out var only) && ReferenceEquals(row, only))
        {
            var sum = new SeriesTotals(rowKey);
            sum.Add(row);
            _rows[rowKey] = sum;
        }

        _sorted = null;
    }
}
