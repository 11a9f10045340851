namespace Onrush.Measurement;

/// <summary>One finished request, for those who want each. Times are nanoseconds; a phase that did not take place is 0.</summary>
internal struct RequestEntry
{
    /// <summary>What it was counted under.</summary>
    public SeriesKey Series;

    /// <summary>How it ended.</summary>
    public Outcome Outcome;

    /// <summary>HTTP status, 0 when there was no response.</summary>
    public short Status;

    /// <summary>When it ended, in milliseconds of Unix time.</summary>
    public long EndUnixMs;

    /// <summary>Everything from the call to the last byte.</summary>
    public long ResponseNs;

    /// <summary>Waiting for a connection slot, DNS, connect and TLS together.</summary>
    public long BlockedNs;

    /// <summary>Name resolution.</summary>
    public long DnsNs;

    /// <summary>TCP connect.</summary>
    public long ConnectNs;

    /// <summary>TLS handshake.</summary>
    public long TlsNs;

    /// <summary>Writing the request.</summary>
    public long SendNs;

    /// <summary>From the request written to the first byte of the response.</summary>
    public long WaitNs;

    /// <summary>From the first to the last byte of the response.</summary>
    public long ReceiveNs;

    /// <summary>Bytes written.</summary>
    public long BytesSent;

    /// <summary>Bytes read.</summary>
    public long BytesReceived;

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Message;

    /// <summary>From the call to the first byte.</summary>
    public readonly long FirstByteNs => Math.Min(BlockedNs + SendNs + WaitNs, ResponseNs);

    /// <summary>Name resolution, connect and TLS.</summary>
    public readonly long ConnectionNs => DnsNs + ConnectNs + TlsNs;
}
