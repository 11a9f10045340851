namespace Onrush.Measurement;

/// <summary>What one series counted in one interval. Immutable; merging is addition.</summary>
internal sealed class SeriesInterval
{
    private readonly long[] _outcomes;
    private readonly (int Status, long Count)[] _statuses;
    private readonly HistogramData[] _times;

    /// <summary>Takes over the given arrays.</summary>
    /// <param name="key">What was counted.</param>
    /// <param name="outcomes">Ended requests by <see cref="Outcome"/>.</param>
    /// <param name="statuses">Responses by status, ascending.</param>
    /// <param name="times">Distributions by <see cref="RequestTime"/>.</param>
    public SeriesInterval(SeriesKey key, long[] outcomes, (int Status, long Count)[] statuses, HistogramData[] times)
    {
        if (outcomes.Length != OutcomeTable.Size || times.Length != Enum.GetValues<RequestTime>().Length)
            throw new ArgumentException("A series interval has one entry per outcome and per time.", nameof(outcomes));
        (Key, _outcomes, _statuses, _times) = (key, outcomes, statuses, times);
    }

    /// <summary>What was counted.</summary>
    public SeriesKey Key { get; }

    /// <summary>Requests begun.</summary>
    public long Started { get; init; }

    /// <summary>Bytes written.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes read.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Lengths of the bodies together, in bytes.</summary>
    public long ContentLength { get; init; }

    /// <summary>Ended requests by <see cref="Outcome"/>.</summary>
    public ReadOnlySpan<long> Outcomes => _outcomes;

    /// <summary>Responses by status, ascending.</summary>
    public ReadOnlySpan<(int Status, long Count)> Statuses => _statuses;

    /// <summary>Requests that ended well.</summary>
    public long Succeeded => _outcomes[(int)Outcome.Success];

    /// <summary>Requests cut by the stop of their user.</summary>
    public long Cancelled => _outcomes[(int)Outcome.Cancelled];

    /// <summary>Requests that failed.</summary>
    public long Failed
    {
        get
        {
            long failed = 0;
            foreach (long count in _outcomes)
                failed += count;
            return failed - Succeeded - Cancelled;
        }
    }

    /// <summary>One distribution.</summary>
    public HistogramData Time(RequestTime time) => _times[(int)time];

    /// <summary>What a loop counted of one series.</summary>
    public static SeriesInterval From(SeriesCounters counters)
    {
        var times = new HistogramData[counters.Times.Length];
        for (int i = 0; i < times.Length; i++)
            times[i] = HistogramData.From(counters.Times[i]);
        return new SeriesInterval(counters.Key, [.. counters.Outcomes], counters.Statuses.ToArray(), times)
        {
            Started = counters.Started,
            BytesSent = counters.BytesSent,
            BytesReceived = counters.BytesReceived,
            ContentLength = counters.ContentLength,
        };
    }

    /// <summary>Both together.</summary>
    /// <exception cref="ArgumentException">They are of different series.</exception>
    public static SeriesInterval Merge(SeriesInterval a, SeriesInterval b)
    {
        if (a.Key != b.Key)
            throw new ArgumentException("Only intervals of the same series add up.", nameof(b));
        var outcomes = new long[OutcomeTable.Size];
        for (int i = 0; i < outcomes.Length; i++)
            outcomes[i] = a._outcomes[i] + b._outcomes[i];
        var times = new HistogramData[a._times.Length];
        for (int i = 0; i < times.Length; i++)
            times[i] = HistogramData.Merge(a._times[i], b._times[i]);
        var statuses = new SortedDictionary<int, long>();
        foreach (var (status, count) in a._statuses.Concat(b._statuses))
            statuses[status] = statuses.GetValueOrDefault(status) + count;
        return new SeriesInterval(a.Key, outcomes, [.. statuses.Select(s => (s.Key, s.Value))], times)
        {
            Started = a.Started + b.Started,
            BytesSent = a.BytesSent + b.BytesSent,
            BytesReceived = a.BytesReceived + b.BytesReceived,
            ContentLength = a.ContentLength + b.ContentLength,
        };
    }
}
