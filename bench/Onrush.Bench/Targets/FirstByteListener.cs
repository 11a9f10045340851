using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Onrush.Bench.Targets;

/// <summary>Answers every request, and notes the instant at which the first byte of the first one arrived.</summary>
internal sealed class FirstByteListener : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource<long> _firstByte = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FirstByteListener()
    {
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public Uri Url { get; }

    /// <summary>The instant as a timestamp of <see cref="Stopwatch"/>.</summary>
    public Task<long> FirstByte => _firstByte.Task;

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                using var connection = _listener.AcceptSocket();
                Serve(connection, buffer);
            }
        }
        catch (SocketException)
        {
            // The listener was closed, or the one client has gone.
        }
    }

    private void Serve(Socket connection, byte[] buffer)
    {
        // The requests of one user are small and come one after the other: what is read is one request.
        while (connection.Receive(buffer) > 0)
        {
            _firstByte.TrySetResult(Stopwatch.GetTimestamp());
            connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8);
        }
    }
}
