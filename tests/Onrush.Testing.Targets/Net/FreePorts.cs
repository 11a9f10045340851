using System.Net;
using System.Net.Sockets;

namespace Onrush.Testing.Targets.Net;

/// <summary>Ports for servers that must be told one.</summary>
public static class FreePorts
{
    // Below those that the system gives to outgoing connections: a server that is away for a moment finds its port free when it comes back.
    private const int First = 10_000;
    private const int Last = 32_000;

    /// <summary>A port of the loopback address that nobody has now.</summary>
    public static int One()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
