namespace Onrush.Measurement;

/// <summary>
/// All that one series counts in one interval half. Hot: owned by the thread that holds the half; made when the half sees the series
/// for the first time and reused from then on.
/// </summary>
internal sealed class SeriesCounters
{
    /// <summary>What is counted.</summary>
    public SeriesKey Key { get; }

    /// <summary>True while the series has something in this half.</summary>
    public bool Touched;

    /// <summary>Requests begun.</summary>
    public long Started;

    /// <summary>Ended requests by <see cref="Outcome"/>.</summary>
    public readonly long[] Outcomes = new long[OutcomeTable.Size];

    /// <summary>Bytes written.</summary>
    public long BytesSent;

    /// <summary>Bytes read.</summary>
    public long BytesReceived;

    /// <summary>Lengths of the bodies together, in bytes.</summary>
    public long ContentLength;

    /// <summary>Responses by status.</summary>
    public readonly StatusCounts Statuses = new();

    // The fields are what the hot side writes through; the array is the same histograms for those who go over all of them.
    private readonly Histogram _success, _failure, _successDuration, _failureDuration, _fromDue;
    private readonly Histogram _blocked, _dns, _connect, _tls, _send, _wait, _receive;
    private readonly Histogram[] _times;

    public SeriesCounters(SeriesKey key, ChunkPool pool)
    {
        Key = key;
        _times = new Histogram[Enum.GetValues<RequestTime>().Length];
        for (int i = 0; i < _times.Length; i++)
            _times[i] = new Histogram(pool);
        _success = _times[(int)RequestTime.Success];
        _failure = _times[(int)RequestTime.Failure];
        _successDuration = _times[(int)RequestTime.SuccessDuration];
        _failureDuration = _times[(int)RequestTime.FailureDuration];
        _fromDue = _times[(int)RequestTime.FromDue];
        _blocked = _times[(int)RequestTime.Blocked];
        _dns = _times[(int)RequestTime.Dns];
        _connect = _times[(int)RequestTime.Connect];
        _tls = _times[(int)RequestTime.Tls];
        _send = _times[(int)RequestTime.Send];
        _wait = _times[(int)RequestTime.Wait];
        _receive = _times[(int)RequestTime.Receive];
    }

    /// <summary>The distributions, by <see cref="RequestTime"/>.</summary>
    public ReadOnlySpan<Histogram> Times => _times;

    /// <summary>Counts one ended request.</summary>
    public void Finished(in RequestSample sample)
    {
        Outcomes[(int)sample.Outcome]++;
        if (sample.Outcome == Outcome.Cancelled)
            return;
        long duration = sample.SendNs + sample.WaitNs + sample.ReceiveNs;
        if (sample.Outcome == Outcome.Success)
        {
            _success.Add(sample.ResponseNs);
            _successDuration.Add(duration);
        }
        else
        {
            _failure.Add(sample.ResponseNs);
            _failureDuration.Add(duration);
        }
        if (sample.FromDueNs >= 0)
            _fromDue.Add(sample.FromDueNs);
        _blocked.Add(sample.BlockedNs);
        _dns.Add(sample.DnsNs);
        _connect.Add(sample.ConnectNs);
        _tls.Add(sample.TlsNs);
        _send.Add(sample.SendNs);
        _wait.Add(sample.WaitNs);
        _receive.Add(sample.ReceiveNs);
        if (sample.Status != 0)
            Statuses.Add(sample.Status);
        BytesSent += sample.BytesSent;
        BytesReceived += sample.BytesReceived;
        ContentLength += sample.ContentLength;
    }

    /// <summary>Sets everything to zero and keeps the memory.</summary>
    public void Clear()
    {
        Touched = false;
        Started = BytesSent = BytesReceived = ContentLength = 0;
        Array.Clear(Outcomes);
        Statuses.Clear();
        foreach (var time in _times)
            time.Clear();
    }
}
