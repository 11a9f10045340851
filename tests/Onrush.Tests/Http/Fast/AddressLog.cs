using System.Net;
using System.Net.Sockets;

namespace Onrush.Tests.Http.Fast;

/// <summary>A target that notes where its connections come from, one after the other.</summary>
internal sealed class AddressLog : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public AddressLog(List<IPAddress> seen)
    {
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}");
        _ = AcceptAsync(seen);
    }

    public Uri Url { get; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync(List<IPAddress> seen)
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync();
                seen.Add(((IPEndPoint)socket.RemoteEndPoint!).Address);
                await socket.ReceiveAsync(new byte[4096]);
                await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }
}
