using System.Net;
using Onrush.Testing.Targets.Tls;

namespace Onrush.Testing.Targets.Counting;

/// <summary>How a <see cref="CountingServer"/> answers where neither the path nor the query says otherwise.</summary>
public sealed record CountingServerOptions
{
    /// <summary>IPv4 or IPv6 loopback.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>What to show in the TLS handshake; null speaks plain HTTP.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>Bytes of a plain body.</summary>
    public int BodySize { get; init; } = 35;

    /// <summary>Waiting before each plain answer.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Status of a plain answer.</summary>
    public int Status { get; init; } = 200;
}
