using System.Net;
using System.Net.Sockets;

namespace Onrush.FunctionalTests.Fleet;

/// <summary>A free port below those that outgoing connections are given, for what has to come back on the same one.</summary>
internal static class LowPort
{
    public static int Find()
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
                // Somebody has it.
            }
        }
    }
}
