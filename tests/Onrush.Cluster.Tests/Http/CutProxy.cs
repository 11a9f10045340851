using System.Net;
using System.Net.Sockets;

namespace Onrush.Cluster.Tests;

/// <summary>The cable between a worker and its master, which can be cut and mended.</summary>
internal sealed class CutProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _open = [];
    private readonly int _to;
    private readonly Task _accepting;
    private bool _cut;

    public CutProxy(int to)
    {
        _to = to;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public void Cut()
    {
        lock (_gate)
        {
            _cut = true;
            foreach (var client in _open)
                client.Dispose();
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_gate)
            _cut = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        Cut();
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (!_closed.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_closed.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = ForwardAsync(client);
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var master = new TcpClient();
        lock (_gate)
        {
            if (_cut)
            {
                client.Dispose();
                return;
            }

            _open.AddRange(client, master);
        }

        try
        {
            await master.ConnectAsync(IPAddress.Loopback, _to);
            await Task.WhenAny(client.GetStream().CopyToAsync(master.GetStream()), master.GetStream().CopyToAsync(client.GetStream()));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }

        client.Dispose();
    }
}
