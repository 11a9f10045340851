using System.Net.Sockets;

namespace SocketServers.Servers;

/// <summary>One connection after the other.</summary>
internal sealed class SingleServer : IServer
{
    public void Serve(Socket listener, ServerOptions options)
    {
        while (true)
            Exchange.Run(listener.Accept(), options);
    }

    public void Dispose()
    {
    }
}
