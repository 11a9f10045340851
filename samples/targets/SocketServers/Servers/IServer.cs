using System.Net.Sockets;

namespace SocketServers.Servers;

/// <summary>A way to serve many connections.</summary>
internal interface IServer : IDisposable
{
    /// <summary>Serves until the process ends.</summary>
    void Serve(Socket listener, ServerOptions options);
}
