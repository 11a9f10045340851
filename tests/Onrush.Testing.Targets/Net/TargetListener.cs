using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Onrush.Testing.Targets.Net;

/// <summary>Accepts connections on one loopback port and runs a script on each, until it is disposed.</summary>
public sealed class TargetListener : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Func<TargetConnection, Task> _serve;
    private readonly Freezer _freezer;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<TargetConnection, Task> _open = new();
    private readonly Task _accepting;
    private long _accepted;

    /// <summary>Opens the port and starts to accept.</summary>
    /// <param name="endPoint">Address and port; port 0 takes a free one.</param>
    /// <param name="serve">Runs once per connection; the connection is closed when it returns or throws.</param>
    /// <param name="freezer">While it is frozen nobody is accepted.</param>
    public TargetListener(IPEndPoint endPoint, Func<TargetConnection, Task> serve, Freezer? freezer = null)
    {
        _serve = serve;
        _freezer = freezer ?? new Freezer();
        _socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _socket.Bind(endPoint);
        _socket.Listen(4096);
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Connections accepted so far.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Connections that are open now.</summary>
    public int Open => _open.Count;

    /// <summary>Closes the port and every connection, and waits for the scripts.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _socket.Dispose();
        await _accepting;
        foreach (var connection in _open.Keys)
            connection.Dispose();
        await Task.WhenAll(_open.Values);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                await _freezer.PassAsync(_closing.Token);
                socket = await _socket.AcceptAsync(_closing.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The peer gave up between its SYN and our accept, or descriptors ran out: the next one may work.
                continue;
            }
            Interlocked.Increment(ref _accepted);
            var connection = new TargetConnection(socket, _freezer, _closing.Token);
            var served = new TaskCompletionSource();
            _open[connection] = served.Task;
            _ = ServeAsync(connection, served);
        }
    }

    private async Task ServeAsync(TargetConnection connection, TaskCompletionSource served)
    {
        try
        {
            await _serve(connection);
        }
        catch (Exception)
        {
            // The client went away or the listener is closing; what was not answered shows in the counts.
        }
        finally
        {
            connection.Dispose();
            _open.TryRemove(connection, out _);
            served.SetResult();
        }
    }
}
