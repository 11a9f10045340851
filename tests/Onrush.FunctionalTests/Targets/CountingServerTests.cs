using System.Net;
using System.Net.Security;
using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Tls;

namespace Onrush.FunctionalTests.Targets;

/// <summary>The honest server counts exactly, keeps connections, and can be frozen.</summary>
public sealed class CountingServerTests
{
    [Fact]
    public async Task Counts_requests_and_responses_per_path_on_one_connection()
    {
        await using var server = CountingServer.Start();
        using var client = await RawClient.ConnectAsync(server.Url);
        foreach (var target in new[] { "/a", "/a", "/b?size=7", "/a", "/b", "/status/204" })
        {
            await client.GetAsync(target);
            var (head, body) = await client.ReadResponseAsync();
            body.Length.ShouldBe(target switch { "/b?size=7" => 7, "/status/204" => 0, _ => 35 });
            head.ShouldStartWith(target == "/status/204" ? "HTTP/1.1 204" : "HTTP/1.1 200");
        }
        (server.Counts["/a"].Received, server.Counts["/a"].Answered).ShouldBe((3, 3));
        (server.Counts["/b"].Received, server.Counts["/b"].Answered).ShouldBe((2, 2));
        (server.Counts.Received, server.Counts.Answered, server.Counts.Cut).ShouldBe((6, 6, 0));
        server.Connections.ShouldBe(1);
        server.OpenConnections.ShouldBe(1);
    }

    [Fact]
    public async Task Counts_exactly_with_many_clients_at_once()
    {
        await using var server = CountingServer.Start();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var client = await RawClient.ConnectAsync(server.Url);
            for (var k = 0; k < 50; k++)
            {
                await client.GetAsync($"/{i % 4}");
                await client.ReadResponseAsync();
            }
        }));
        server.Counts.Paths.Order().ShouldBe(["/0", "/1", "/2", "/3"]);
        foreach (var path in server.Counts.Paths)
            (server.Counts[path].Received, server.Counts[path].Answered).ShouldBe((250, 250));
        server.Connections.ShouldBe(20);
    }

    [Fact]
    public async Task Answers_pipelined_requests_in_order()
    {
        await using var server = CountingServer.Start();
        using var client = await RawClient.ConnectAsync(server.Url);
        await client.SendAsync("GET /?size=1 HTTP/1.1\r\n\r\nGET /?size=1 HTTP/1.1\r\n\r\nPOST /echo/body HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /?size=2 HTTP/1.1\r\n\r\n");
        var bodies = new List<string>();
        for (var i = 0; i < 4; i++)
            bodies.Add((await client.ReadResponseAsync()).Body);
        bodies.ShouldBe(["a", "a", "abc", "ab"]);
    }

    [Fact]
    public async Task A_response_that_cannot_be_sent_is_counted_as_cut()
    {
        var server = CountingServer.Start();
        using (var client = await RawClient.ConnectAsync(server.Url))
        {
            await client.GetAsync("/drip?size=1000000&piece=1&pause=1");
            await client.ReadAsync(10);
        }
        await server.DisposeAsync();
        (server.Counts.Received, server.Counts.Answered, server.Counts.Cut).ShouldBe((1, 0, 1));
    }

    [Fact]
    public async Task While_frozen_it_neither_counts_nor_answers_and_then_goes_on()
    {
        await using var server = CountingServer.Start();
        using var client = await RawClient.ConnectAsync(server.Url);
        await client.GetAsync("/before");
        await client.ReadResponseAsync();

        server.Freezer.Freeze();
        await client.GetAsync("/during");
        var answer = client.ReadResponseAsync();
        // A second client connects through the kernel's queue; the frozen server does not accept it.
        using var other = await RawClient.ConnectAsync(server.Url);
        await other.GetAsync("/other");
        await Should.ThrowAsync<TimeoutException>(() => answer.WaitAsync(TimeSpan.FromMilliseconds(200)));
        server.Counts.Received.ShouldBe(1);

        server.Freezer.Thaw();
        (await answer.WithinAsync("the answer after the thaw")).Head.ShouldStartWith("HTTP/1.1 200");
        await other.ReadResponseAsync();
        (server.Counts["/during"].Answered, server.Counts["/other"].Answered).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_freeze_for_a_while_ends_by_itself()
    {
        await using var server = CountingServer.Start();
        using var client = await RawClient.ConnectAsync(server.Url);
        var freeze = server.Freezer.FreezeForAsync(TimeSpan.FromMilliseconds(100));
        server.Freezer.IsFrozen.ShouldBeTrue();
        await client.GetAsync("/");
        await client.ReadResponseAsync();
        await freeze.WithinAsync("the end of the freeze");
        server.Freezer.IsFrozen.ShouldBeFalse();
    }

    [Fact]
    public async Task Takes_its_defaults_from_the_options()
    {
        await using var server = CountingServer.Start(new CountingServerOptions { BodySize = 3, Status = 503, Delay = TimeSpan.FromMilliseconds(20) });
        using var client = await RawClient.ConnectAsync(server.Url);
        var started = TimeProvider.System.GetTimestamp();
        await client.GetAsync("/");
        var (head, body) = await client.ReadResponseAsync();
        // The runtime's timers go by the kernel's coarse clock, which steps by up to 4 ms (CONFIG_HZ=250).
        TimeProvider.System.GetElapsedTime(started).TotalMilliseconds.ShouldBeGreaterThanOrEqualTo(16);
        head.ShouldStartWith("HTTP/1.1 503");
        body.ShouldBe("abc");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Speaks_tls_with_a_certificate_of_its_own_authority(string address)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Valid();
        await using var server = CountingServer.Start(
            new CountingServerOptions { Address = IPAddress.Parse(address), Certificate = certificate });
        using var client = await RawClient.ConnectAsync(server.Url);
        (await client.HandshakeAsync(address, authority.RootPem)).Errors.ShouldBe(SslPolicyErrors.None);
        await client.GetAsync("/secret");
        (await client.ReadResponseAsync()).Body.Length.ShouldBe(35);
        server.Counts["/secret"].Answered.ShouldBe(1);

        using var stranger = await RawClient.ConnectAsync(server.Url);
        (await stranger.HandshakeAsync(address)).Errors.ShouldBe(SslPolicyErrors.RemoteCertificateChainErrors);
    }
}
