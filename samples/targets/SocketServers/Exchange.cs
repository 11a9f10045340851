using System.Net.Sockets;
using System.Text;

namespace SocketServers;

/// <summary>What each of the servers does with a connection: reads once, sends the request back as the body, closes.</summary>
internal static class Exchange
{
    private const int MostRead = 1024;

    /// <summary>With a thread that waits.</summary>
    public static void Run(Socket connection, ServerOptions options)
    {
        try
        {
            using (connection)
            {
                var received = new byte[MostRead];
                var length = connection.Receive(received);
                Print(connection, received, length, options);
                if (options.Work > 0)
                    Thread.Sleep(options.Work);
                connection.Send(Answer(received, length, options));
                connection.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException)
        {
            // The client has gone; the next one is waiting.
        }
    }

    /// <summary>Without.</summary>
    public static async Task RunAsync(Socket connection, ServerOptions options)
    {
        try
        {
            using (connection)
            {
                var received = new byte[MostRead];
                var length = await connection.ReceiveAsync(received);
                Print(connection, received, length, options);
                if (options.Work > 0)
                    await Task.Delay(options.Work);
                await connection.SendAsync(Answer(received, length, options));
                connection.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException)
        {
            // As above.
        }
    }

    // Bare line feeds, and by default nothing that says how long the body is: so did the server that this one repeats.
    private static byte[] Answer(byte[] received, int length, ServerOptions options)
    {
        var head = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\nContent-Type: text/html\n{(options.ContentLength ? $"Content-Length: {length}\nConnection: close\n" : "")}\n");
        return [.. head, .. received.AsSpan(0, length)];
    }

    private static void Print(Socket connection, byte[] received, int length, ServerOptions options)
    {
        if (options.Print)
            Console.WriteLine($"[Client {connection.RemoteEndPoint} Info] {Encoding.Latin1.GetString(received, 0, length)}");
    }
}
