using System.Globalization;
using System.Text;

namespace Onrush.Http.Wire;

/// <summary>Where connections go: scheme, host and port. Immutable; equal by value.</summary>
internal sealed class Origin : IEquatable<Origin>
{
    private readonly int _hash;

    /// <summary>Makes one from parts that were checked.</summary>
    /// <param name="isHttps">Whether TLS is spoken.</param>
    /// <param name="host">Name or address in lower case; IPv6 without brackets.</param>
    /// <param name="port">TCP port.</param>
    public Origin(bool isHttps, string host, int port)
    {
        IsHttps = isHttps;
        Host = host;
        Port = port;
        IsIPv6 = host.Contains(':', StringComparison.Ordinal);
        // The zone of a link-local address is of this machine only and stays off the wire.
        string name = IsIPv6 ? $"[{host.Split('%')[0]}]" : host;
        HostHeader = port == DefaultPort(isHttps) ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{port}");
        HostLine = Encoding.ASCII.GetBytes($"Host: {HostHeader}\r\n");
        _hash = HashCode.Combine(isHttps, host, port);
    }

    /// <summary>Whether TLS is spoken.</summary>
    public bool IsHttps { get; }

    /// <summary>"http" or "https".</summary>
    public string Scheme => IsHttps ? "https" : "http";

    /// <summary>Name or address in lower case; IPv6 without brackets.</summary>
    public string Host { get; }

    /// <summary>TCP port.</summary>
    public int Port { get; }

    /// <summary>Whether the host is an IPv6 address.</summary>
    public bool IsIPv6 { get; }

    /// <summary>Value of the Host header: brackets around IPv6, the port only where it is not the usual one.</summary>
    public string HostHeader { get; }

    /// <summary>The whole Host line, line end included.</summary>
    public ReadOnlyMemory<byte> HostLine { get; }

    /// <summary>443 or 80.</summary>
    /// <param name="isHttps">Whether TLS is spoken.</param>
    public static int DefaultPort(bool isHttps) => isHttps ? 443 : 80;

    /// <inheritdoc/>
    public bool Equals(Origin? other) =>
        ReferenceEquals(this, other)
        || (other is not null && IsHttps == other.IsHttps && Port == other.Port && string.Equals(Host, other.Host, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Origin);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>For instance "https://shop.test:8443".</summary>
    public override string ToString() => $"{Scheme}://{HostHeader}";
}
