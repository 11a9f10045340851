using System.Net;
using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Hostile;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

public sealed class ConnectionTests
{
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_kept_connection_serves_every_request(string transport) => (await ConnectionsOfAsync(transport, ConnectionReuse.KeepAlive)).ShouldBe(1);

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_connection_per_iteration_serves_one_iteration(string transport) => (await ConnectionsOfAsync(transport, ConnectionReuse.PerIteration)).ShouldBe(2);

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_connection_per_request_serves_one_request_and_says_so(string transport) => (await ConnectionsOfAsync(transport, ConnectionReuse.PerRequest)).ShouldBe(6);

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_request_that_outlives_its_iteration_keeps_its_connection(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { Connections = ConnectionReuse.PerIteration });

        await harness.RunAsync(async client =>
        {
            var left = client.GetAsync("/slow?ms=200").AsTask();
            await client.GetAsync("/quick");
            ((IUserResource)client).OnIterationFinished();
            (await left).StatusCode.ShouldBe(200);
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Requests_side_by_side_take_connections_of_their_own_and_share_them_later(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            for (var round = 0; round < 3; round++)
            {
                var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
                {
                    using var response = await client.GetAsync($"/echo?i={i}", name: "parallel", keepBody: true);
                    response.Text.ShouldStartWith($"GET /echo?i={i} ");
                    return response.StatusCode;
                }));
                all.ShouldAllBe(s => s == 200);
            }
        });

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(150);
        server.Connections.ShouldBe(50);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Ipv6_is_spoken(string transport)
    {
        await using var server = CountingServer.Start(new CountingServerOptions { Address = IPAddress.IPv6Loopback });
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            using var response = await client.GetAsync("/echo", keepBody: true);
            response.Text.ShouldContain($"Host: [::1]:{server.Port}");
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_name_is_resolved_and_every_address_tried(string transport)
    {
        // localhost may come with an address on which nobody listens.
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, new Uri($"http://localhost:{server.Port}"));

        await harness.RunAsync(async client => (await client.GetAsync("/")).StatusCode.ShouldBe(200));
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_name_that_does_not_resolve_is_a_named_failure(string transport)
    {
        await using var harness = new SessionHarness(transport, new Uri("http://nobody.invalid"));

        await harness.RunAsync(async client => (await client.GetAsync("/")).StatusCode.ShouldBe(0));

        (await harness.FinishWithAsync(Outcome.Dns)).Message.ShouldContain("nobody.invalid");
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Connections_leave_from_every_local_address_in_turn(string transport)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has every address of 127.0.0.0/8.");
        var seen = new List<IPAddress>();
        using var target = new AddressLog(seen);
        await using var harness = new SessionHarness(transport, target.Url, new SessionOptions
        {
            Connections = ConnectionReuse.PerRequest,
            Engine = new EngineOptions { LocalAddresses = [IPAddress.Parse("127.0.0.2"), IPAddress.IPv6Loopback, IPAddress.Parse("127.0.0.3")] },
        });

        await harness.RunAsync(async client =>
        {
            for (var i = 0; i < 4; i++)
                (await client.GetAsync("/")).StatusCode.ShouldBe(200);
        });

        seen.Select(a => a.ToString()).ShouldBe(["127.0.0.2", "127.0.0.3", "127.0.0.2", "127.0.0.3"]);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_local_address_that_this_machine_has_not_is_a_named_failure(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { Engine = new EngineOptions { LocalAddresses = [IPAddress.Parse("192.0.2.1")] } });

        await harness.RunAsync(async client => (await client.GetAsync("/")).StatusCode.ShouldBe(0));

        await harness.FinishWithAsync(Outcome.Connect);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task No_more_connects_are_under_way_than_the_gate_lets_through(string transport)
    {
        await using var hostile = new HostileServer();
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { ConnectionTimeout = 0.5, Engine = new EngineOptions { MaxConnectsInFlight = 2 } });
        var full = hostile["never-accept"].Url;

        await harness.RunAsync(async client =>
        {
            // Two hold the gate until they time out; the others wait behind them for as long, and then the gate is free again.
            var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.GetAsync(full.OriginalString, name: "full").AsTask()));
            all.ShouldAllBe(r => r.StatusCode == 0);
            (await client.GetAsync("/")).StatusCode.ShouldBe(200);
        });

        var counts = await harness.FinishAsync();
        counts[Outcome.ConnectTimeout].ShouldBe(6);
        counts[Outcome.Success].ShouldBe(1);
    }

    private static async Task<long> ConnectionsOfAsync(string transport, ConnectionReuse reuse)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { Connections = reuse });
        await harness.RunAsync(async client =>
        {
            for (var iteration = 0; iteration < 2; iteration++)
            {
                for (var i = 0; i < 3; i++)
                {
                    using var response = await client.GetAsync("/echo", keepBody: true);
                    response.Text.Contains("Connection: close", StringComparison.Ordinal).ShouldBe(reuse == ConnectionReuse.PerRequest);
                }

                ((IUserResource)client).OnIterationFinished();
            }
        });
        return server.Connections;
    }
}
