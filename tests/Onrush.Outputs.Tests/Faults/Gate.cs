using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Onrush.Outputs.Tests.Faults;

/// <summary>
/// Stands in front of a server and passes bytes on. Closed, it is a machine whose server was killed: connections are reset, and new ones are refused, since the
/// port stays taken and nobody listens on it.
/// </summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly IPEndPoint _behind;
    private readonly ConcurrentDictionary<Socket, bool> _open = [];
    private Socket _socket = Taken(0);
    private Task _accepting = Task.CompletedTask;

    /// <param name="behind">Port of the server on this machine.</param>
    public Gate(int behind)
    {
        _behind = new IPEndPoint(IPAddress.Loopback, behind);
        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    /// <summary>Where it is.</summary>
    public int Port { get; }

    /// <summary>Begins to take connections.</summary>
    public void Open()
    {
        _socket.Listen(64);
        var listener = _socket;
        _accepting = Task.Run(() => AcceptAsync(listener));
    }

    /// <summary>Resets every connection and refuses new ones.</summary>
    public async Task CloseAsync()
    {
        _socket.Dispose();
        await _accepting;
        _socket = Taken(Port);
        foreach (var socket in _open.Keys)
            Reset(socket);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _socket.Dispose();
    }

    private static Socket Taken(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync();
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _open[client] = _open[server] = true;
        try
        {
            await server.ConnectAsync(_behind);
            await Task.WhenAny(PassAsync(client, server), PassAsync(server, client));
        }
        catch (SocketException)
        {
            // The server is gone.
        }

        Reset(client);
        Reset(server);
    }

    private static async Task PassAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[1 << 16];
            while (await from.ReceiveAsync(buffer) is > 0 and var length)
            {
                for (var sent = 0; sent < length;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One of them has ended.
        }
    }

    private void Reset(Socket socket)
    {
        if (!_open.TryRemove(socket, out _))
            return;
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was never connected.
        }

        socket.Dispose();
    }
}
