namespace Onrush.Measurement;

/// <summary>The times that are kept of every finished request.</summary>
internal enum RequestTime
{
    /// <summary>Response time of a good request: from the call to the last byte.</summary>
    Success,

    /// <summary>Response time of a failed request.</summary>
    Failure,

    /// <summary>Send, wait and receive together, of a good request.</summary>
    SuccessDuration,

    /// <summary>Send, wait and receive together, of a failed request.</summary>
    FailureDuration,

    /// <summary>From the due start of the iteration to the last byte; only for scheduled iterations.</summary>
    FromDue,

    /// <summary>Before the request could be written.</summary>
    Blocked,

    /// <summary>Name resolution.</summary>
    Dns,

    /// <summary>TCP connect.</summary>
    Connect,

    /// <summary>TLS handshake.</summary>
    Tls,

    /// <summary>Writing the request.</summary>
    Send,

    /// <summary>From the request written to the first byte.</summary>
    Wait,

    /// <summary>From the first to the last byte.</summary>
    Receive,
}
