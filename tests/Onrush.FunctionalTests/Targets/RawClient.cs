using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Onrush.FunctionalTests.Targets;

/// <summary>How a connection stands after the expected bytes.</summary>
public enum End
{
    /// <summary>The server closed with a FIN.</summary>
    Closed,

    /// <summary>The server reset.</summary>
    Reset,

    /// <summary>The server said no more and stays.</summary>
    Open,
}

/// <summary>A client that knows no HTTP: it sends and compares bytes.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket;
    private Stream _stream;

    private RawClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
    }

    public int Available => _socket.Available;

    public static async Task<RawClient> ConnectAsync(Uri url)
    {
        var address = IPAddress.Parse(url.Host.Trim('[', ']'));
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address, url.Port, Deadline.Token);
        return new RawClient(socket);
    }

    /// <summary>Does a TLS handshake, trusting nobody but judging later: returns what was wrong with the certificate.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "The mistakes of bad certificates are what the tests look at.")]
    public async Task<(X509Certificate2 Certificate, SslPolicyErrors Errors)> HandshakeAsync(string host, string? trustedPem = null)
    {
        X509Certificate2? shown = null;
        var errors = SslPolicyErrors.None;
        var tls = new SslStream(_stream);
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (trustedPem is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(trustedPem));
        }
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                CertificateChainPolicy = policy,
                RemoteCertificateValidationCallback = (_, certificate, _, found) =>
                {
                    shown = X509CertificateLoader.LoadCertificate(certificate!.GetRawCertData());
                    errors = found;
                    return true;
                },
            },
            Deadline.Token);
        _stream = tls;
        return (shown!, errors);
    }

    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), Deadline.Token);

    public Task GetAsync(string target, string headers = "", string method = "GET") =>
        SendAsync($"{method} {target} HTTP/1.1\r\nHost: test\r\n{headers}\r\n");

    /// <summary>Exactly so many bytes, or fewer when the server closed.</summary>
    public async Task<string> ReadAsync(int bytes)
    {
        var buffer = new byte[bytes];
        var read = await _stream.ReadAtLeastAsync(buffer, bytes, throwOnEndOfStream: false, Deadline.Token);
        return Encoding.Latin1.GetString(buffer, 0, read);
    }

    /// <summary>Everything until the server closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var all = new MemoryStream();
        await _stream.CopyToAsync(all, Deadline.Token);
        return Encoding.Latin1.GetString(all.ToArray());
    }

    /// <summary>One response with a Content-Length: head and body.</summary>
    public async Task<(string Head, string Body)> ReadResponseAsync(bool withoutBody = false)
    {
        var head = await ReadHeadAsync();
        var length = head.Split("\r\n").Select(line => line.Split(": ")).FirstOrDefault(parts => parts[0] == "Content-Length");
        return (head, length is null || withoutBody ? "" : await ReadAsync(int.Parse(length[1])));
    }

    /// <summary>Up to and with the empty line.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var next = await ReadAsync(1);
            next.ShouldNotBeEmpty($"the connection ended within the head: {head}");
            head.Append(next);
        }
        return head.ToString();
    }

    /// <summary>How the connection ends, once everything sent was read.</summary>
    public async Task<End> EndAsync()
    {
        try
        {
            (await _stream.ReadAsync(new byte[1], Deadline.Token)).ShouldBe(0, "the server sent more than expected");
            return End.Closed;
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return End.Reset;
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }
}
