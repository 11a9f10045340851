using Onrush.Measurement;

namespace Onrush.Runs;

// What metrics are derived from, and how several series are put together.
internal sealed partial class SeriesTotals
{
    /// <summary>Requests finished, good or failed.</summary>
    public long Requests => Ended - _outcomes[(int)Outcome.Cancelled];

    /// <summary>Requests that failed.</summary>
    public long Failures => Requests - _outcomes[(int)Outcome.Success];

    /// <summary>Bytes written.</summary>
    public long BytesSent => _bytesSent;

    /// <summary>Bytes read.</summary>
    public long BytesReceived => _bytesReceived;

    /// <summary>Finished requests with a status; with 0 those without a response.</summary>
    public long OfStatus(int status) => status == 0 ? Requests - _statuses.Values.Sum() : _statuses.GetValueOrDefault(status);

    /// <summary>Adds the distribution of a time to a total.</summary>
    public void AddTo(HistogramTotal total, RequestTime time)
    {
        var times = time switch
        {
            RequestTime.Success => _response.Successes,
            RequestTime.Failure => _response.Failures,
            RequestTime.SuccessDuration => _duration.Successes,
            RequestTime.FailureDuration => _duration.Failures,
            _ => _times[time],
        };
        times.AddTo(total);
    }

    /// <summary>
    /// What several series gave, put together. The row of all of them is made of theirs for each picture: adding each report to it as well would be half of
    /// what folding costs.
    /// </summary>
    public static SeriesTotals Sum(SeriesKey key, IReadOnlyCollection<SeriesTotals> series)
    {
        var sum = new SeriesTotals(key);
        foreach (var one in series)
            sum.Add(one);
        return sum;
    }

    /// <summary>Adds what another series gave.</summary>
    public void Add(SeriesTotals other)
    {
        Started += other.Started;
        Ended += other.Ended;
        _bytesSent += other._bytesSent;
        _bytesReceived += other._bytesReceived;
        _contentLength += other._contentLength;
        for (var i = 0; i < _outcomes.Length; i++)
            _outcomes[i] += other._outcomes[i];
        foreach (var (status, count) in other._statuses)
            _statuses[status] = _statuses.GetValueOrDefault(status) + count;
        foreach (var time in UndividedTimes)
            _times[time].Add(other._times[time]);
        _response.Add(other._response);
        _duration.Add(other._duration);
        _seconds.Add(other._seconds);
    }
}
