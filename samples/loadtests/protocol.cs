// Any protocol can be measured. Here one line is sent over TCP and one is read back, without HTTP.
//   onrush -f samples/loadtests/protocol.cs --headless -u 10 -r 10 -t 10s --port 7000
using System.Net.Sockets;
using System.Text;
using Onrush;

public sealed class LineUser : User
{
    private NetworkStream? _stream;
    private StreamReader? _reader;

    [Option("Port of the server on this machine", Minimum = 1, Maximum = 65535)]
    public static int Port { get; set; } = 7000;

    protected override WaitTime WaitTime => WaitTime.Constant(0.1);

    public override async ValueTask OnStartAsync() => await MeasureAsync("TCP", "connect", async () =>
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port, StopToken);
        _stream = client.GetStream();
        _reader = new StreamReader(_stream);
    });

    public override ValueTask OnStopAsync()
    {
        _stream?.Dispose();
        return default;
    }

    // The answer's length is shown as its size; an exception counts as a failure.
    [Task]
    public async Task Ask() => await MeasureAsync("TCP", "one line", async () =>
    {
        await _stream!.WriteAsync(Encoding.UTF8.GetBytes($"hello from {Number}\n"), StopToken);
        return await _reader!.ReadLineAsync(StopToken) ?? throw new IOException("the server closed the connection");
    }, size: line => line.Length);
}
