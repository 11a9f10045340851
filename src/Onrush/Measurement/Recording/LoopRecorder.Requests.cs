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
            BlockedNs = sample.BlockedNs,
            DnsNs = sample.DnsNs,
            ConnectNs = sample.ConnectNs,
            TlsNs = sample.TlsNs,
            SendNs = sample.SendNs,
            WaitNs = sample.WaitNs,
            ReceiveNs = sample.ReceiveNs,
            BytesSent = sample.BytesSent,
            BytesReceived = sample.BytesReceived,
        };
    }
}
