namespace Onrush.Measurement;

/// <summary>
/// One finished request, as the hot side hands it to the recorder. All times are nanoseconds of the monotonic clock; a phase that
/// did not take place is 0. Passed by reference and never kept.
/// </summary>
internal struct RequestSample
{
    /// <summary>Index of the series, from <c>LoopRecorder.Series</c>.</summary>
    public int Series;

    /// <summary>How it ended.</summary>
    public Outcome Outcome;

    /// <summary>HTTP status, 0 when there was no response.</summary>
    public short Status;

    /// <summary>Everything from the call to the last byte (Locust's response time).</summary>
    public long ResponseNs;

    /// <summary>Waiting for a connection slot, DNS, connect and TLS together (k6's http_req_blocked).</summary>
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

    /// <summary>What the generator itself added between the arrival of the last byte in the kernel and its reading.</summary>
    public long GeneratorNs;

    /// <summary>Time from the due start of the iteration to the last byte; -1 when the iteration was not scheduled.</summary>
    public long FromDueNs;

    /// <summary>Bytes written, heads included, before encryption.</summary>
    public long BytesSent;

    /// <summary>Bytes read, heads included, after decryption.</summary>
    public long BytesReceived;

    /// <summary>First half of the id of its trace, when the target was asked to record one.</summary>
    public ulong TraceHigh;

    /// <summary>Second half of it; 0 when there is none.</summary>
    public ulong TraceLow;

    /// <summary>Length of the body in bytes as received (Locust's content length).</summary>
    public long ContentLength;
}
