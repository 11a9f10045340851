using System.Net.Sockets;

namespace SocketServers.Servers;

/// <summary>A thread for each connection, made for it and gone with it.</summary>
internal sealed class ThreadServer : IServer
{
    private const int StackBytes = 128 * 1024;

    public void Serve(Socket listener, ServerOptions options)
    {
        while (true)
        {
            var connection = listener.Accept();
            new Thread(() => Exchange.Run(connection, options), StackBytes) { IsBackground = true }.Start();
        }
    }

    public void Dispose()
    {
    }
}
