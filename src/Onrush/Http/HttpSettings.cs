using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Onrush.Engine;
using Onrush.Http.Wire;

namespace Onrush.Http;

/// <summary>What all users of one class have in common; read once from the first user of the class and shared.</summary>
internal sealed class HttpSettings
{
    private const string AcceptEncoding = "gzip, deflate, br";

    private readonly ConcurrentDictionary<(int Loop, string? Host), UrlResolver> _resolvers = new();
    private readonly ConcurrentDictionary<Origin, SslClientAuthenticationOptions> _tls = new();
    private byte[]? _head;

    /// <summary>Limit for name resolution, connect and TLS together, in nanoseconds.</summary>
    public required long ConnectionTimeoutNs { get; init; }

    /// <summary>Longest silence while a response is awaited, in nanoseconds.</summary>
    public required long NetworkTimeoutNs { get; init; }

    /// <summary>Limit for the whole request, in nanoseconds.</summary>
    public required long RequestTimeoutNs { get; init; }

    /// <summary>Redirects followed before the request fails.</summary>
    public required int MaxRedirects { get; init; }

    /// <summary>Take any certificate.</summary>
    public required bool Insecure { get; init; }

    /// <summary>How long connections are kept.</summary>
    public required ConnectionReuse Connections { get; init; }

    /// <summary>Headers of every request.</summary>
    public required Header[] Headers { get; init; }

    /// <summary>The header lines of every request behind its Host line, ready to be copied: agent, accept and the class's own.</summary>
    public byte[] Head => _head ??= MakeHead();

    /// <summary>The lines of <see cref="Head"/> one by one, for calls that replace some of them.</summary>
    public IEnumerable<Header> HeaderLines
    {
        get
        {
            foreach (var (name, value) in Defaults)
            {
                if (!Array.Exists(Headers, own => own.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                    yield return new Header(name, value);
            }

            foreach (var header in Headers)
                yield return header;
            if (Connections == ConnectionReuse.PerRequest)
                yield return new Header("Connection", "close");
        }
    }

    /// <summary>The resolver of a loop for a host; users of one loop share it.</summary>
    /// <exception cref="LoadTestException">The host is not one.</exception>
    public UrlResolver ResolverFor(int loop, string? host) => _resolvers.GetOrAdd((loop, host), static key =>
        UrlResolver.TryCreate(key.Host, out var resolver, out var error) ? resolver! : throw new LoadTestException(error!));

    /// <summary>How TLS is spoken with the origin. Shared, so that sessions are resumed.</summary>
    public SslClientAuthenticationOptions TlsFor(Origin origin) => _tls.GetOrAdd(origin, static (origin, insecure) => new SslClientAuthenticationOptions
    {
        TargetHost = origin.Host,
        ApplicationProtocols = [SslApplicationProtocol.Http11],
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
#pragma warning disable CA5359 // Asked for by name: --insecure, or Insecure of the class.
        RemoteCertificateValidationCallback = insecure ? static (_, _, _, _) => true : null,
#pragma warning restore CA5359
    }, Insecure);

    private static readonly (string, string)[] Defaults =
    [
        ("User-Agent", $"Onrush/{typeof(HttpSettings).Assembly.GetName().Version?.ToString(3)}"),
        ("Accept", "*/*"),
        ("Accept-Encoding", AcceptEncoding),
    ];

    /// <summary>Seconds of a load test in nanoseconds; refuses what cannot be a timeout.</summary>
    public static long Nanoseconds(double seconds, string what)
    {
        if (!(seconds > 0) || seconds > 1e6)
            throw new LoadTestException($"{what} must be above 0 and at most 1,000,000 seconds, not {seconds}.");
        return (long)(seconds * MonotonicClock.Second);
    }

    private byte[] MakeHead()
    {
        var writer = new RequestWriter();
        foreach (var header in HeaderLines)
            writer.WriteHeader(header.Name, header.Value);
        return writer.Written.ToArray();
    }
}
