namespace Onrush.Measurement;

/// <summary>The requests one by one, for those who asked for them.</summary>
internal sealed partial class LoopRecorder
{
    /// <summary>Where every finished request goes too; null, as nearly always, when nobody asked.</summary>
    public RequestRing? Requests { get; init; }

    private void Log(RequestRing ring, in RequestSample sample)
    {
        if (sample.Outcome == Outcome.Cancelled)
            return;
        ref RequestEntry entry = ref ring.Add(out bool added);
        if (!added)
            return;
        entry = new RequestEntry
        {
            Series = _names.Key(sample.Series),
            Outcome = sample.Outcome,
            Status = sample.Status,
            EndUnixMs = UnixMs,
            ResponseNs = sample.ResponseNs,
            FirstByteNs = Math.Min(sample.BlockedNs + sample.SendNs + sample.WaitNs, sample.ResponseNs),
            ConnectNs = sample.DnsNs + sample.ConnectNs + sample.TlsNs,
            BytesSent = sample.BytesSent,
            BytesReceived = sample.BytesReceived,
        };
    }
}
