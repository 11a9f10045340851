using System.Net;
using System.Net.Sockets;

namespace Onrush.Cluster.Tests;

/// <summary>Ports for servers that have to come back on the same one: below those that outgoing connections are given.</summary>
internal static class FreePort
{
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(12_000, 32_000);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
            }
        }
    }
}
