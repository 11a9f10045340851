using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Onrush.FunctionalTests.Servers;

/// <summary>Answers every request with the same document.</summary>
internal sealed class JsonServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;
    private readonly Task _serving;

    private JsonServer(string document)
    {
        var body = Encoding.UTF8.GetBytes(document);
        _answer = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n")), .. body];
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/"));

    public static JsonServer Start(string document) => new(document);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[4096], Deadline.Token);
                await stream.WriteAsync(_answer, Deadline.Token);
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException or OperationCanceledException)
        {
            // The test is over.
        }
    }
}
