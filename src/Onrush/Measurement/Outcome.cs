namespace Onrush.Measurement;

/// <summary>How a request ended, by the stage at which it ended.</summary>
public enum Outcome : byte
{
    /// <summary>The response was complete and judged good.</summary>
    Success,

    /// <summary>The host name could not be resolved.</summary>
    Dns,

    /// <summary>The target answered the connect with a refusal.</summary>
    Refused,

    /// <summary>No connection within the connection timeout.</summary>
    ConnectTimeout,

    /// <summary>The connect failed otherwise: no route, no free local port, no descriptor.</summary>
    Connect,

    /// <summary>The TLS handshake failed, certificate errors included.</summary>
    Tls,

    /// <summary>The request could not be written.</summary>
    Send,

    /// <summary>The response was not complete within the network or the total timeout.</summary>
    ReadTimeout,

    /// <summary>The target closed or reset the connection before the response was complete.</summary>
    Reset,

    /// <summary>The response was not valid HTTP, or went past a limit on its size.</summary>
    Protocol,

    /// <summary>A complete response with a status that counts as a failure.</summary>
    Status,

    /// <summary>The load test called <c>Failure</c>, or the measured code threw.</summary>
    Check,

    /// <summary>Cut by the stop of its user; neither a success nor a failure.</summary>
    Cancelled,
}
