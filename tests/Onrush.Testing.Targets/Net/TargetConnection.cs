using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Onrush.Testing.Targets.Tls;

namespace Onrush.Testing.Targets.Net;

/// <summary>The server's end of one connection. Used by one script at a time.</summary>
public sealed class TargetConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly Freezer _freezer;
    private readonly RequestParser _parser;
    private Stream _stream;

    internal TargetConnection(Socket socket, Freezer freezer, CancellationToken closing)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _freezer = freezer;
        _stream = new NetworkStream(socket, ownsSocket: false);
        _parser = new RequestParser(this);
        Closing = closing;
    }

    /// <summary>Cancelled when the server closes.</summary>
    public CancellationToken Closing { get; }

    /// <summary>The stream under the HTTP messages: of the socket, or of the TLS session after the handshake.</summary>
    public Stream Stream => _stream;

    /// <summary>Acts as the server of a TLS handshake.</summary>
    /// <param name="certificate">What to show.</param>
    /// <param name="wrap">Puts a stream of its own under the handshake, for instance a slow one.</param>
    public async Task HandshakeAsync(ServerCertificate certificate, Func<Stream, Stream>? wrap = null)
    {
        var tls = new SslStream(wrap is null ? _stream : wrap(_stream), leaveInnerStreamOpen: false);
        _stream = tls;
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Context }, Closing);
    }

    /// <summary>The next request with its body; null when the client closed or sent something else.</summary>
    public ValueTask<ReceivedRequest?> ReadRequestAsync() => _parser.ReadAsync();

    /// <summary>Sends bytes as they are.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _freezer.PassAsync(Closing);
        await _stream.WriteAsync(bytes, Closing);
    }

    /// <summary>Sends text, one byte per character.</summary>
    public ValueTask SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Waits until the client closes, or the server does; whatever comes in is thrown away.</summary>
    public async Task HangAsync()
    {
        var sink = new byte[4096];
        while (await _stream.ReadAsync(sink, Closing) > 0)
        {
        }
    }

    /// <summary>Sends the FIN and ends a read that is going on; closing under a running read would reset instead.</summary>
    public void Shutdown() => _socket.Shutdown(SocketShutdown.Both);

    /// <summary>Closes with a RST instead of a FIN.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    /// <summary>Closes with a FIN; in a TLS session without the closing alert.</summary>
    public void Dispose() => _socket.Dispose();

    internal async ValueTask<int> ReceiveAsync(Memory<byte> into)
    {
        var read = await _stream.ReadAsync(into, Closing);
        // Bytes that arrived while the server is frozen wait for the thaw: a frozen server counts nothing.
        await _freezer.PassAsync(Closing);
        return read;
    }
}
