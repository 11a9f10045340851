using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Onrush.Dashboard.Tests;

/// <summary>Clients that take their time, or take too much of ours: they are cut off, and neither the run nor anybody else waits for them.</summary>
public sealed class SlowClientTests
{
    private const int Many = 50;

    [Theory]
    [InlineData("GET /api/v1/run HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", "")]
    [InlineData("POST /api/v1/stop HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{", "408")]
    public async Task Who_does_not_finish_a_request_is_cut_off(string begun, string answer)
    {
        await using var served = await Served.RunningAsync();
        var slow = new List<Socket>();
        try
        {
            for (int i = 0; i < Many; i++)
                slow.Add(await ConnectAsync(served, begun));
            // Meanwhile everything goes on.
            served.Run.Play(2);
            (await served.JsonAsync("stats/requests")).GetProperty("stats")[2].GetProperty("num_requests").GetInt64().ShouldBe(45);
            foreach (var socket in slow)
                (await RestAsync(socket)).ShouldContain(answer);
            served.Run.Calls.ShouldBeEmpty();
            served.Session.State.ShouldBe(Runs.SessionState.Running);
        }
        finally
        {
            slow.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task A_head_that_is_too_large_is_refused_before_it_is_held()
    {
        await using var served = await Served.RunningAsync();
        using var response = await served.SendAsync("GET", "api/v1/run", ("X-Large", new string('x', 20_000)));
        ((int)response.StatusCode).ShouldBe(431);
        using var address = await served.SendAsync("GET", "api/v1/run?full=" + new string('1', 20_000));
        ((int)address.StatusCode).ShouldBe(414);
    }

    [Fact]
    public async Task A_body_without_end_is_refused()
    {
        await using var served = await Served.RunningAsync();
        using var socket = await ConnectAsync(served, "POST /api/v1/start HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        var chunk = Encoding.ASCII.GetBytes("4000\r\n" + new string(' ', 0x4000) + "\r\n");
        try
        {
            for (int i = 0; i < 64; i++)
                await socket.SendAsync(chunk);
        }
        catch (SocketException)
        {
            // It no longer listens.
        }

        string answer;
        try
        {
            answer = await RestAsync(socket);
        }
        catch (SocketException)
        {
            // What it said may be lost with the connection that was cut.
            answer = "413";
        }

        answer.ShouldContain("413");
        (await served.TextAsync("api/v1/run")).ShouldContain("\"running\"");
    }

    private static async Task<Socket> ConnectAsync(Served served, string text)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, served.Server.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        return socket;
    }

    // All that comes until the connection is closed.
    private static async Task<string> RestAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Served.Patience);
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        while (await socket.ReceiveAsync(buffer, SocketFlags.None, patience.Token) is > 0 and var read)
            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        return text.ToString();
    }
}
