using Onrush.Testing.Targets.Net;
using Onrush.Testing.Targets.Tls;

namespace Onrush.Testing.Targets.Hostile;

/// <summary>What a script of a misbehaviour works with.</summary>
public sealed class HostileConnection
{
    private readonly TargetConnection _connection;
    private readonly HostilePort _port;

    internal HostileConnection(TargetConnection connection, HostilePort port, TestAuthority authority, TimeSpan pace)
    {
        _connection = connection;
        _port = port;
        Authority = authority;
        Pace = pace;
    }

    /// <summary>Issues the certificates of this server.</summary>
    public TestAuthority Authority { get; }

    /// <summary>Time between two steps of a slow server.</summary>
    public TimeSpan Pace { get; }

    /// <summary>Reads one request and counts it; ends the script when the client closed instead.</summary>
    public async Task<ReceivedRequest> RequestAsync()
    {
        var request = await _connection.ReadRequestAsync() ?? throw new EndOfStreamException();
        _port.CountRequest();
        return request;
    }

    /// <summary>Sends text, one byte per character.</summary>
    public async Task SendAsync(string text) => await _connection.SendAsync(text);

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _connection.SendAsync(bytes);

    /// <summary>Sends the same bytes for ever, as fast as the client takes them.</summary>
    public async Task SendForeverAsync(string text, long times = long.MaxValue)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(text);
        for (long i = 0; i < times; i++)
            await _connection.SendAsync(bytes);
    }

    /// <summary>Sends text again and again with a pause before each.</summary>
    public async Task SendSlowlyForeverAsync(string text, TimeSpan pause)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(text);
        while (true)
        {
            await PauseAsync(pause);
            await _connection.SendAsync(bytes);
        }
    }

    /// <summary>Sends text byte by byte with a pause before each.</summary>
    public async Task DripAsync(string text)
    {
        foreach (var c in text)
        {
            await PauseAsync(Pace);
            await _connection.SendAsync(c.ToString());
        }
    }

    /// <summary>Waits.</summary>
    public Task PauseAsync(TimeSpan pause) => Task.Delay(pause, _connection.Closing);

    /// <summary>Says nothing more until the client closes.</summary>
    public Task HangAsync()
    {
        _port.CountHang();
        return _connection.HangAsync();
    }

    /// <summary>Waits for the next request, but not for ever: when the time is over it closes and ends the script.</summary>
    public async Task RequestWithinAsync(TimeSpan limit)
    {
        var request = RequestAsync();
        if (await Task.WhenAny(request, PauseAsync(limit)) != request)
            _connection.Shutdown();
        await request;
    }

    /// <summary>Acts as the server of a TLS handshake.</summary>
    public Task HandshakeAsync(ServerCertificate certificate, Func<Stream, Stream>? wrap = null) =>
        _connection.HandshakeAsync(certificate, wrap);

    /// <summary>Reads the first bytes the client sends, whatever they are.</summary>
    public async Task FirstBytesAsync()
    {
        if (await _connection.Stream.ReadAsync(new byte[16 * 1024], _connection.Closing) == 0)
            throw new EndOfStreamException();
    }

    /// <summary>Closes with a RST.</summary>
    public void Reset() => _connection.Reset();
}
