using System.Net.Sockets;

namespace SocketServers.Servers;

/// <summary>Connections wait without a thread.</summary>
internal sealed class AsyncServer : IServer
{
    public void Serve(Socket listener, ServerOptions options) => ServeAsync(listener, options).GetAwaiter().GetResult();

    public void Dispose()
    {
    }

    private static async Task ServeAsync(Socket listener, ServerOptions options)
    {
        while (true)
            _ = Exchange.RunAsync(await listener.AcceptAsync(), options);
    }
}
