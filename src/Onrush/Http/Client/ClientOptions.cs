using System.Collections.Concurrent;
using System.Net;
using System.Net.Http;
using System.Net.Quic;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Onrush.Engine;

namespace Onrush.Http.Client;

/// <summary>What all users of one <see cref="HttpUser"/> class have in common beyond <see cref="HttpSettings"/>.</summary>
internal sealed class ClientOptions
{
    private readonly ConcurrentDictionary<int, ClientLoop> _loops = new();
    private readonly HttpSettings _settings;
    private readonly IWebProxy? _proxy;
    private readonly NetworkCredential? _credentials;
    private readonly SslClientAuthenticationOptions _tls;

    /// <exception cref="LoadTestException">HTTP/3 is asked for, and the system has none.</exception>
    public ClientOptions(HttpSettings settings, string userClass, HttpVersionChoice version, IWebProxy? proxy, bool useSystemProxy, NetworkCredential? credentials)
    {
        _settings = settings;
        _proxy = proxy;
        _credentials = credentials;
        UsesProxy = proxy is not null || useSystemProxy;
        Version = version switch
        {
            HttpVersionChoice.Http11 => System.Net.HttpVersion.Version11,
            HttpVersionChoice.Http3 => System.Net.HttpVersion.Version30,
            _ => System.Net.HttpVersion.Version20,
        };
        Policy = version == HttpVersionChoice.Negotiated ? HttpVersionPolicy.RequestVersionOrLower : HttpVersionPolicy.RequestVersionExact;
        if (version == HttpVersionChoice.Http3 && !HasQuic)
            throw new LoadTestException($"{userClass}.HttpVersion is Http3, but this system has no QUIC: install libmsquic, or take Http2.");

        _tls = new SslClientAuthenticationOptions
        {
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
#pragma warning disable CA5359 // Asked for by name: --insecure, or Insecure of the class.
            RemoteCertificateValidationCallback = settings.Insecure ? static (_, _, _, _) => true : null,
#pragma warning restore CA5359
        };
        DefaultHeaders = [.. settings.HeaderLines];
    }

    /// <summary>Version that requests ask for.</summary>
    public Version Version { get; }

    /// <summary>Whether it may be another one.</summary>
    public HttpVersionPolicy Policy { get; }

    /// <summary>Whether connections may lead to a proxy.</summary>
    public bool UsesProxy { get; }

    /// <summary>The lines of <see cref="HttpSettings.Head"/> one by one.</summary>
    public Header[] DefaultHeaders { get; }

    private static bool HasQuic => (OperatingSystem.IsLinux() || OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) && QuicConnection.IsSupported;

    /// <summary>What the users of the class on one loop share.</summary>
    public ClientLoop ForLoop(int index) => _loops.GetOrAdd(index, static _ => new ClientLoop());

    /// <summary>Makes the client of one user; each has its own connections, as real users do.</summary>
    public HttpMessageInvoker CreateInvoker(ClientHttpSession session)
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            UseProxy = UsesProxy,
            Credentials = _credentials,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            MaxResponseHeadersLength = Wire.ResponseReader.MaxHead / 1024,
            MaxResponseDrainSize = 0,
            SslOptions = _tls,
            ConnectCallback = session.ConnectAsync,
            PlaintextStreamFilter = session.FilterAsync,
            RequestHeaderEncodingSelector = ClientMessage.OnHeaderWritten,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        };
        if (_proxy is not null)
            handler.Proxy = _proxy;

        // Only QUIC connects without asking ConnectCallback, which has its own clock.
        if (Version == System.Net.HttpVersion.Version30)
            handler.ConnectTimeout = TimeSpan.FromSeconds(_settings.ConnectionTimeoutNs / (double)MonotonicClock.Second);
        return new HttpMessageInvoker(handler);
    }
}
