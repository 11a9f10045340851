using Onrush.Measurement;

namespace Onrush.Runs;

/// <summary>What one series, or all of them together, gave since the start of the run. Cold side; owned by one thread.</summary>
internal sealed partial class SeriesTotals(SeriesKey key)
{
    private static readonly RequestTime[] UndividedTimes =
    [
        RequestTime.FromDue, RequestTime.Blocked, RequestTime.Dns, RequestTime.Connect, RequestTime.Tls, RequestTime.Send,
        RequestTime.Wait, RequestTime.Receive,
    ];

    private readonly long[] _outcomes = new long[OutcomeTable.Size];
    private readonly SortedDictionary<int, long> _statuses = [];
    private readonly SplitTimes _response = new();
    private readonly SplitTimes _duration = new();
    private readonly Dictionary<RequestTime, TimesTotal> _times = UndividedTimes.ToDictionary(t => t, _ => new TimesTotal());
    private readonly SecondCounts _seconds = new();
    private long _bytesSent;
    private long _bytesReceived;
    private long _contentLength;

    /// <summary>What is counted.</summary>
    public SeriesKey Key { get; } = key;

    /// <summary>Requests begun.</summary>
    public long Started { get; private set; }

    /// <summary>Requests that ended in any way.</summary>
    public long Ended { get; private set; }

    /// <summary>Requests in flight, as far as the counts of this series tell.</summary>
    public long InFlight => Started - Ended;

    /// <summary>What connecting took; 0 for requests that found a connection.</summary>
    public HistogramData ConnectTimes => _times[RequestTime.Connect].ToData();

    /// <summary>Response times of the requests that succeeded.</summary>
    public HistogramData SuccessTimes => _response.Successes.ToData();

    /// <summary>The same series with nothing counted but the requests that are in flight.</summary>
    public SeriesTotals Restarted() => new(Key) { Started = InFlight };

    /// <summary>Adds what a report says.</summary>
    public void Add(SeriesInterval interval, ReportSpan span)
    {
        Started += interval.Started;
        _bytesSent += interval.BytesSent;
        _bytesReceived += interval.BytesReceived;
        _contentLength += interval.ContentLength;
        for (int i = 0; i < _outcomes.Length; i++)
        {
            _outcomes[i] += interval.Outcomes[i];
            Ended += interval.Outcomes[i];
        }
        foreach (var (status, count) in interval.Statuses)
            _statuses[status] = _statuses.GetValueOrDefault(status) + count;
        foreach (var time in UndividedTimes)
            _times[time].Add(interval.Time(time));
        _response.Add(interval.Time(RequestTime.Success), interval.Time(RequestTime.Failure));
        _duration.Add(interval.Time(RequestTime.SuccessDuration), interval.Time(RequestTime.FailureDuration));
        for (int i = Math.Max(span.Count - SecondCounts.Kept, 0); i < span.Count; i++)
        {
            long failed = span.Share(interval.Failed, i);
            _seconds.Add(span.First + i, span.Share(interval.Succeeded + interval.Failed, i), failed);
        }
    }

    /// <summary>The row as it is shown.</summary>
    /// <param name="currentSecond">The last complete second of the run; -1 when there is none.</param>
    /// <param name="elapsed">Length of the run so far in seconds.</param>
    public SeriesRow ToRow(int currentSecond, double elapsed)
    {
        long cancelled = _outcomes[(int)Outcome.Cancelled];
        long requests = Ended - cancelled;
        long failures = requests - _outcomes[(int)Outcome.Success];
        var (currentRequests, currentFailures) = _seconds.At(currentSecond);
        return new SeriesRow
        {
            Scenario = Key.Scenario,
            Method = Key.Method,
            Name = Key.Name,
            Started = Started,
            Requests = requests,
            Failures = failures,
            Cancelled = cancelled,
            All = _response.All.Shown,
            Successes = _response.Successes.Shown,
            Failed = _response.Failures.Shown,
            Duration = _duration.All.Shown,
            FromDue = _times[RequestTime.FromDue].ShownOrNull,
            Phases = new RequestPhases(
                _times[RequestTime.Blocked].Shown,
                _times[RequestTime.Dns].Shown,
                _times[RequestTime.Connect].Shown,
                _times[RequestTime.Tls].Shown,
                _times[RequestTime.Send].Shown,
                _times[RequestTime.Wait].Shown,
                _times[RequestTime.Receive].Shown),
            AverageContentLength = requests == 0 ? 0 : (double)_contentLength / requests,
            BytesSent = _bytesSent,
            BytesReceived = _bytesReceived,
            CurrentRps = currentRequests,
            CurrentFailuresPerSecond = currentFailures,
            TotalRps = elapsed > 0 ? requests / elapsed : 0,
            TotalFailuresPerSecond = elapsed > 0 ? failures / elapsed : 0,
            Statuses = [.. _statuses.Select(s => new StatusCount(s.Key, s.Value))],
            Outcomes = [.. _outcomes.Select((count, i) => new OutcomeCount((Outcome)i, count)).Where(o => o.Count > 0)],
        };
    }
}
