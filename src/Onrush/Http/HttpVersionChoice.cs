namespace Onrush;

/// <summary>Version of HTTP that an <see cref="HttpUser"/> speaks.</summary>
public enum HttpVersionChoice
{
    /// <summary>HTTP/1.1.</summary>
    Http11,

    /// <summary>HTTP/2 and nothing else; with a plain http URL the target must expect it without negotiation.</summary>
    Http2,

    /// <summary>HTTP/3 and nothing else; https only, and the system must have QUIC (on Linux the library libmsquic).</summary>
    Http3,

    /// <summary>HTTP/2 where the target agrees to it in the TLS handshake, else HTTP/1.1.</summary>
    Negotiated,
}
