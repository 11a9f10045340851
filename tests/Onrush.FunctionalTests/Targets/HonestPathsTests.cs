using System.IO.Compression;
using System.Text;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Targets;

/// <summary>Every path of the honest server, seen by a client that knows only bytes.</summary>
public sealed class HonestPathsTests : IAsyncLifetime
{
    private readonly CountingServer _server = CountingServer.Start();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Echo_gives_back_head_and_body()
    {
        const string Request = "PUT /echo?x=1 HTTP/1.1\r\nHost: test\r\nX-Odd:  spaced \r\nContent-Length: 5\r\n\r\nhello";
        using var client = await RawClient.ConnectAsync(_server.Url);
        await client.SendAsync(Request);
        (await client.ReadResponseAsync()).Body.ShouldBe(Request);
    }

    [Fact]
    public async Task Echo_joins_chunks_and_continues_when_expected()
    {
        using var client = await RawClient.ConnectAsync(_server.Url);
        await client.SendAsync("POST /echo/body HTTP/1.1\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
        (await client.ReadHeadAsync()).ShouldBe("HTTP/1.1 100 Continue\r\n\r\n");
        await client.SendAsync("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n");
        var (head, body) = await client.ReadResponseAsync();
        head.ShouldContain("Content-Type: a/b");
        body.ShouldBe("abcde");
    }

    [Theory]
    [InlineData("/cookies/set?a=1&b=2&cookie-path=/x", "Set-Cookie: a=1; Path=/x\r\nSet-Cookie: b=2; Path=/x\r\n")]
    [InlineData("/cookies/set?a=1&max-age=5", "Set-Cookie: a=1; Path=/; Max-Age=5\r\n")]
    [InlineData("/cookies/clear?a", "Set-Cookie: a=; Path=/; Max-Age=0\r\n")]
    [InlineData("/redirect/2", "HTTP/1.1 302 Found\r\nLocation: /redirect/1\r\n")]
    [InlineData("/redirect/2?status=308", "HTTP/1.1 308 Permanent Redirect\r\nLocation: /redirect/1\r\n")]
    [InlineData("/redirect/loop", "Location: /redirect/loop\r\n")]
    [InlineData("/redirect/relative", "Location: landing?from=relative\r\n")]
    [InlineData("/redirect/port/81", "Location: http://127.0.0.1:81/landing\r\n")]
    [InlineData("/redirect/to?url=https%3A%2F%2Fx%2F%3Fa", "Location: https://x/?a\r\n")]
    [InlineData("/redirect/0", "HTTP/1.1 200 OK\r\n")]
    [InlineData("/status/304", "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nContent-Length: 1000\r\n\r\n")]
    [InlineData("/status/500", "HTTP/1.1 500 Internal Server Error\r\n")]
    [InlineData("/auth/basic", "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"test\"\r\n")]
    [InlineData("/folded", "X-Folded: one\r\n two\r\n")]
    [InlineData("/http10/keep-alive", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n")]
    public async Task Head_says(string target, string expected)
    {
        using var client = await RawClient.ConnectAsync(_server.Url);
        await client.GetAsync(target);
        (await client.ReadHeadAsync()).ShouldContain(expected);
    }

    [Theory]
    [InlineData("/cookies", "Cookie: a=1; b=2", "a=1; b=2")]
    [InlineData("/auth/basic?user=me&password=s%20p", "Authorization: Basic bWU6cyBw", "welcome")]
    [InlineData("/auth/bearer?token=t", "Authorization: Bearer t", "welcome")]
    [InlineData("/auth/bearer?token=t", "Authorization: Bearer u", "who are you")]
    [InlineData("/drip?size=26&piece=4", "X: y", "abcdefghijklmnopqrstuvwxyz")]
    [InlineData("/?size=3&ms=2", "X: y", "abc")]
    public async Task Body_is(string target, string header, string expected)
    {
        using var client = await RawClient.ConnectAsync(_server.Url);
        await client.GetAsync(target, header + "\r\n");
        (await client.ReadResponseAsync()).Body.ShouldBe(expected);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("raw-deflate")]
    [InlineData("br")]
    public async Task Encodes(string coding)
    {
        using var client = await RawClient.ConnectAsync(_server.Url);
        await client.GetAsync($"/encoded/{coding}?size=100");
        var (head, body) = await client.ReadResponseAsync();
        head.ShouldContain($"Content-Encoding: {(coding == "raw-deflate" ? "deflate" : coding)}\r\n");
        var packed = new MemoryStream(Encoding.Latin1.GetBytes(body));
        using Stream unpacked = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "deflate" => new ZLibStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            _ => new DeflateStream(packed, CompressionMode.Decompress),
        };
        using var text = new StreamReader(unpacked);
        (await text.ReadToEndAsync()).ShouldStartWith("abcdefghijklmnopqrstuvwxyzabc");
    }

    [Fact]
    public async Task Chunks_with_extensions_and_trailers()
    {
        const string Expected = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3;x=y\r\nabc\r\n2;x=y\r\nde\r\n0;x=y\r\nX-Trailer: at the end\r\n\r\n";
        using var client = await RawClient.ConnectAsync(_server.Url);
        await client.GetAsync("/chunked?size=5&chunk=3&extension=x%3Dy&trailers=1");
        (await client.ReadAsync(Expected.Length)).ShouldBe(Expected);
        await client.GetAsync("/?size=1");
        (await client.ReadResponseAsync()).Body.ShouldBe("a");
    }

    [Fact]
    public async Task Interim_responses_come_first()
    {
        using var client = await RawClient.ConnectAsync(_server.Url);
        await client.GetAsync("/interim/2?status=102");
        for (var i = 0; i < 2; i++)
            (await client.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 102");
        (await client.ReadResponseAsync()).Body.ShouldBe("after the interim");
    }

    [Theory]
    [InlineData("/close?size=5", "HTTP/1.1 200 OK\r\n\r\nabcde")]
    [InlineData("/http10?size=5", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nabcde")]
    public async Task Closes_after(string target, string everything)
    {
        using var client = await RawClient.ConnectAsync(_server.Url);
        await client.GetAsync(target);
        (await client.ReadToEndAsync()).ShouldBe(everything);
    }

    [Fact]
    public async Task Closes_when_the_client_asks_for_it()
    {
        using var client = await RawClient.ConnectAsync(_server.Url);
        await client.GetAsync("/?size=1", "Connection: close\r\n");
        (await client.ReadToEndAsync()).ShouldEndWith("\r\n\r\na");
    }

    [Fact]
    public async Task Bare_line_feeds()
    {
        const string Expected = "HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 15\n\nbare line feeds";
        using var client = await RawClient.ConnectAsync(_server.Url);
        await client.GetAsync("/bare-lf");
        (await client.ReadAsync(Expected.Length)).ShouldBe(Expected);
    }

    [Fact]
    public async Task Head_has_the_length_and_no_body()
    {
        using var client = await RawClient.ConnectAsync(_server.Url);
        await client.GetAsync("/?size=1000", method: "HEAD");
        (await client.ReadResponseAsync(withoutBody: true)).Head.ShouldContain("Content-Length: 1000");
        await client.GetAsync("/?size=1");
        (await client.ReadResponseAsync()).Body.ShouldBe("a");
    }
}
