using System.Net;
using System.Net.Sockets;

namespace Onrush.FunctionalTests.Servers;

/// <summary>A loopback port that nobody has, for servers that cannot choose one themselves.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Completes when somebody listens there.</summary>
    public static async Task ListeningAsync(int port, Func<string> errors)
    {
        using var limit = new CancellationTokenSource(Deadline.Default);
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
                return;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                if (limit.IsCancellationRequested)
                    throw new TimeoutException($"nobody listens on port {port}:\n{errors()}");
                await Task.Delay(20);
            }
        }
    }
}
