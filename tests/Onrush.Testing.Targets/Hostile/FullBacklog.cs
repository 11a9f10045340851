using System.Net;
using System.Net.Sockets;

namespace Onrush.Testing.Targets.Hostile;

/// <summary>A port whose queue of connections is full and stays so: the kernel drops every further SYN.</summary>
internal sealed class FullBacklog : IDisposable
{
    // A loopback connect that finds room ends within microseconds; one that is still open after this has met a full queue.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Socket _listening;
    private readonly List<Socket> _queued = [];

    public FullBacklog(IPEndPoint endPoint)
    {
        _listening = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listening.Bind(endPoint);
        _listening.Listen(0);
        EndPoint = (IPEndPoint)_listening.LocalEndPoint!;
        bool joined;
        do
        {
            var client = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            _queued.Add(client);
            joined = client.ConnectAsync(EndPoint).Wait(Patience);
        }
        while (joined && _queued.Count < 1000);
    }

    public IPEndPoint EndPoint { get; }

    public void Dispose()
    {
        foreach (var client in _queued)
            client.Dispose();
        _listening.Dispose();
    }
}
