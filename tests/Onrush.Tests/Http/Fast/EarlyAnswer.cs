using System.Net;
using System.Net.Sockets;

namespace Onrush.Tests.Http.Fast;

/// <summary>A target that reads only the first bytes of a request, answers a refusal that keeps the connection, and reads no more.</summary>
internal sealed class EarlyAnswer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _open = [];

    public EarlyAnswer()
    {
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}");
        _ = AcceptAsync();
    }

    public Uri Url { get; }

    public bool Answers { get; init; } = true;

    public int Connections
    {
        get
        {
            lock (_open)
                return _open.Count;
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_open)
        {
            foreach (var socket in _open)
                socket.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync();
                lock (_open)
                    _open.Add(socket);
                _ = AnswerAsync(socket);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        await socket.ReceiveAsync(new byte[512]);
        if (Answers)
            await socket.SendAsync("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno"u8.ToArray());
    }
}
