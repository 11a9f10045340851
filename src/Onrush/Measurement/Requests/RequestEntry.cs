namespace Onrush.Measurement;

/// <summary>One finished request as the request log tells it. Times are nanoseconds.</summary>
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

    /// <summary>From the call to the first byte.</summary>
    public long FirstByteNs;

    /// <summary>Name resolution, connect and TLS.</summary>
    public long ConnectNs;

    /// <summary>Bytes written.</summary>
    public long BytesSent;

    /// <summary>Bytes read.</summary>
    public long BytesReceived;

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Message;
}
