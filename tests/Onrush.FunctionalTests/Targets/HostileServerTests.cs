using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Onrush.Testing.Targets.Hostile;

namespace Onrush.FunctionalTests.Targets;

/// <summary>Each misbehaviour does what its name says, byte for byte.</summary>
public sealed class HostileServerTests : IAsyncLifetime
{
    private readonly HostileServer _server = new(new HostileServerOptions { Pace = TimeSpan.FromMilliseconds(10) });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Every_misbehaviour_is_tested_here_and_has_one_name()
    {
        var tested = HostileRows.Exact.Select(row => row.Data.Item1)
            .Concat(HostileRows.Endless.Select(row => row.Data.Item1))
            .Concat(HostileRows.Coded.Select(row => row.Data.Item1))
            .Concat(HostileRows.OneByOne);
        HostileServer.All.Select(one => one.Name).Order().ShouldBe(tested.Order());
    }

    [Theory]
    [MemberData(nameof(HostileRows.Exact), MemberType = typeof(HostileRows))]
    public async Task Sends_exactly_and_ends(string name, string bytes, End end)
    {
        var port = _server[name];
        using var client = await RawClient.ConnectAsync(port.Url);
        await client.GetAsync(port.Url.AbsolutePath);
        (await client.ReadAsync(bytes.Length)).ShouldBe(bytes);
        if (end != End.Open)
        {
            (await client.EndAsync()).ShouldBe(end);
            return;
        }
        await port.Hanging.WithinAsync("the server to fall silent");
        client.Available.ShouldBe(0);
        port.Requests.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(HostileRows.Endless), MemberType = typeof(HostileRows))]
    public async Task Repeats_without_end(string name, string start, string unit)
    {
        using var client = await RawClient.ConnectAsync(_server[name].Url);
        await client.GetAsync("/");
        (await client.ReadAsync(start.Length)).ShouldBe(start);
        for (var i = 0; i < 5; i++)
            (await client.ReadAsync(unit.Length)).ShouldBe(unit);
    }

    [Theory]
    [MemberData(nameof(HostileRows.Coded), MemberType = typeof(HostileRows))]
    public async Task Says_a_coding_and_answers_every_request(string name, string coding)
    {
        using var client = await RawClient.ConnectAsync(_server[name].Url);
        for (var i = 0; i < 2; i++)
        {
            await client.GetAsync("/");
            var (head, body) = await client.ReadResponseAsync();
            head.ShouldContain($"Content-Encoding: {coding}\r\n");
            if (name is "gzip-bad" or "gzip-checksum-wrong")
                Should.Throw<InvalidDataException>(() => Unpack(body));
            else if (name == "gzip-cut")
                Encoding.ASCII.GetString(Unpack(body)).ShouldNotEndWith("499");
        }
    }

    [Fact]
    public async Task A_megabyte_of_gzip_is_a_bomb()
    {
        using var client = await RawClient.ConnectAsync(_server["gzip-bomb"].Url);
        await client.GetAsync("/");
        var (_, body) = await client.ReadResponseAsync();
        body.Length.ShouldBeLessThan(2 << 20);
        using var unpacked = new GZipStream(new MemoryStream(Encoding.Latin1.GetBytes(body)), CompressionMode.Decompress);
        var megabyte = new byte[1 << 20];
        for (var i = 0; i < 20; i++)
            (await unpacked.ReadAtLeastAsync(megabyte, megabyte.Length)).ShouldBe(megabyte.Length);
    }

    [Fact]
    public async Task Nobody_listens()
    {
        var refused = await Should.ThrowAsync<SocketException>(() => RawClient.ConnectAsync(_server["refuse"].Url));
        refused.SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
    }

    [Fact]
    public async Task A_full_queue_leaves_a_connect_hanging()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var connecting = socket.ConnectAsync(IPAddress.Loopback, _server["never-accept"].Url.Port);
        await Should.ThrowAsync<TimeoutException>(() => connecting.WaitAsync(TimeSpan.FromMilliseconds(300)));
    }

    [Theory]
    [InlineData("close-on-accept", End.Closed)]
    [InlineData("reset-on-accept", End.Reset)]
    public async Task Leaves_on_accept(string name, End end)
    {
        (await ConnectAndEndAsync(_server[name].Url)).ShouldBe(end);
        _server[name].Connections.ShouldBe(1);
        _server[name].Requests.ShouldBe(0);
    }

    // A reset can come before the system has told of the connect: then it is told as the end of that.
    private static async Task<End> ConnectAndEndAsync(Uri url)
    {
        try
        {
            using var client = await RawClient.ConnectAsync(url);
            return await client.EndAsync();
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return End.Reset;
        }
    }

    [Fact]
    public async Task Closes_after_two_requests()
    {
        using var client = await RawClient.ConnectAsync(_server["close-after-two"].Url);
        for (var i = 0; i < 2; i++)
        {
            await client.GetAsync("/");
            (await client.ReadResponseAsync()).Body.ShouldBe("ok");
        }
        (await client.EndAsync()).ShouldBe(End.Closed);
    }

    [Fact]
    public async Task Sends_ten_thousand_headers()
    {
        using var client = await RawClient.ConnectAsync(_server["headers-10000"].Url);
        await client.GetAsync("/");
        var all = await client.ReadToEndAsync();
        all.Split("\r\n").Count(line => line.StartsWith("X-", StringComparison.Ordinal)).ShouldBe(10_000);
        all.ShouldEndWith("\r\n\r\nok");
    }

    [Theory]
    [InlineData("length-too-short", " and more.")]
    [InlineData("two-responses", "HTTP/1.1 500 Poison\r\nContent-Length: 6\r\n\r\npoison")]
    public async Task Sends_more_than_the_response(string name, string more)
    {
        using var client = await RawClient.ConnectAsync(_server[name].Url);
        for (var i = 0; i < 2; i++)
        {
            await client.GetAsync("/");
            (await client.ReadResponseAsync()).Body.ShouldBe("ok");
            (await client.ReadAsync(more.Length)).ShouldBe(more);
        }
    }

    [Fact]
    public async Task Works_over_ipv6()
    {
        await using var server = new HostileServer(new HostileServerOptions { Address = IPAddress.IPv6Loopback });
        using var client = await RawClient.ConnectAsync(server["status-line-only"].Url);
        await client.GetAsync("/");
        (await client.ReadToEndAsync()).ShouldBe("HTTP/1.1 200 OK\r\n");
    }

    [Fact]
    public void An_unknown_name_is_refused() => Should.Throw<ArgumentException>(() => _server["kind"]).Message.ShouldContain("kind");

    private static byte[] Unpack(string body)
    {
        using var packed = new GZipStream(new MemoryStream(Encoding.Latin1.GetBytes(body)), CompressionMode.Decompress);
        var unpacked = new MemoryStream();
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
