using System.Net;
using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Hostile;
using Onrush.Testing.Targets.Tls;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Client;

/// <summary>How connections are made, kept, and given up; and that the user's code stays on its loop all the while.</summary>
public sealed class ConnectionTests
{
    public static MatrixTheoryData<string, ConnectionReuse> Reuses => new(Transports.All, Enum.GetValues<ConnectionReuse>());

    [Theory]
    [MemberData(nameof(Reuses))]
    public async Task A_connection_lasts_as_long_as_the_class_says(string transport, ConnectionReuse reuse)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url, new SessionOptions { Connections = reuse });

        for (var iteration = 0; iteration < 2; iteration++)
        {
            await harness.RunAsync(async client =>
            {
                for (var i = 0; i < 3; i++)
                    (await client.GetAsync("/x")).Error.ShouldBeNull();
            });
            await harness.InvokeAsync(harness.User.Resource!.OnIterationFinished);
        }

        server.Connections.ShouldBe(reuse switch { ConnectionReuse.KeepAlive => 1, ConnectionReuse.PerIteration => 2, _ => 6 });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Requests_side_by_side_each_have_their_connection_and_their_own_times(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            for (var round = 0; round < 2; round++)
            {
                var slow = client.GetAsync("/slow?ms=200", keepBody: true).AsTask();
                var quick = client.GetAsync("/quick", keepBody: true).AsTask();
                using var first = await quick;
                first.Phases.Wait.ShouldBeLessThan(150);
                using var second = await slow;
                second.Phases.Wait.ShouldBeGreaterThanOrEqualTo(150);
            }

            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync("/x").AsTask()));
        });

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(24);
        server.Connections.ShouldBeInRange(2, 20);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task User_code_never_leaves_its_loop(string transport)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Valid();
        await using var server = CountingServer.Start(new CountingServerOptions { Certificate = certificate });
        await using var harness = ClientHarness.Start(transport, server.Url, new SessionOptions { Insecure = true });

        await harness.RunAsync(async client =>
        {
            for (var i = 0; i < 5; i++)
            {
                await client.GetAsync("/x?size=100000");
                harness.Loop.IsCurrent.ShouldBeTrue();
                SynchronizationContext.Current.ShouldBeSameAs(harness.Loop);
            }
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Tls_is_measured_verified_and_kept(string transport)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.SelfSigned();
        await using var server = CountingServer.Start(new CountingServerOptions { Certificate = certificate });
        await using (var insecure = ClientHarness.Start(transport, server.Url, new SessionOptions { Insecure = true }))
        {
            await insecure.RunAsync(async client =>
            {
                for (var i = 0; i < 5; i++)
                {
                    using var response = await client.GetAsync("/x", name: "x", keepBody: true);
                    response.Error.ShouldBeNull();
                    response.Text.Length.ShouldBe(35);
                    (response.Phases.Tls > 0).ShouldBe(i == 0);
                    response.Phases.Blocked.ShouldBeGreaterThanOrEqualTo(response.Phases.Tls + response.Phases.Connect);
                }
            });
            var single = (await insecure.FinishAsync()).Single;
            single.ContentLength.ShouldBe(175);
            single.BytesReceived.ShouldBeInRange(5 * 80, 5 * 200);
        }

        server.Connections.ShouldBe(1);
        await using var verifying = ClientHarness.Start(transport, server.Url);
        await verifying.RunAsync(async client => (await client.GetAsync("/x")).StatusCode.ShouldBe(0));
        (await verifying.FinishWithAsync(Outcome.Tls)).Message.ShouldStartWith("TLS: ");
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_target_that_is_not_there_is_named_as_the_fast_client_names_it(string transport)
    {
        await using var hostile = new HostileServer();
        await using (var harness = ClientHarness.Start(transport, hostile["refuse"].Url))
        {
            await harness.RunAsync(async client => (await client.GetAsync("")).StatusCode.ShouldBe(0));
            (await harness.FinishWithAsync(Outcome.Refused)).Message.ShouldBe($"connection refused: {hostile["refuse"].Url.Authority}");
        }

        await using (var harness = ClientHarness.Start(transport, new Uri("http://no-such-host.invalid")))
        {
            await harness.RunAsync(async client => (await client.GetAsync("/")).StatusCode.ShouldBe(0));
            (await harness.FinishWithAsync(Outcome.Dns)).Message.ShouldStartWith("the name no-such-host.invalid does not resolve: ");
        }

        await using (var harness = ClientHarness.Start(transport, hostile["never-accept"].Url, new SessionOptions { ConnectionTimeout = 0.3 }))
        {
            await harness.RunAsync(async client => (await client.GetAsync("")).Error!.ShouldStartWith("no connection within 0.3 s"));
            await harness.FinishWithAsync(Outcome.ConnectTimeout);
        }
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Silence_ends_a_request_and_slow_progress_does_not(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url, new SessionOptions { NetworkTimeout = 1.5 });

        await harness.RunAsync(async client =>
        {
            (await client.GetAsync("/drip?size=100&piece=5&pause=100", name: "drip")).Error.ShouldBeNull();
            (await client.GetAsync("/x?ms=6000", name: "silent")).Error.ShouldBe("nothing received for 1.5 s");
            (await client.GetAsync("/x", name: "next")).Error.ShouldBeNull();
        });

        var counts = await harness.FinishAsync();
        counts[Outcome.ReadTimeout].ShouldBe(1);
        counts[Outcome.Success].ShouldBe(2);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_cut_ends_the_request_at_once_wherever_it_is(string transport)
    {
        await using var hostile = new HostileServer();
        foreach (var name in (string[])["never-answer", "never-accept", "tls-never", "length-too-long-then-silence"])
        {
            var port = hostile[name];
            await using var harness = ClientHarness.Start(transport, port.Url);

            var running = harness.RunAsync(async client => await client.GetAsync("", name: name));
            if (name != "never-accept")
                await port.Hanging.WaitAsync(LoopHarness.Deadline);
            await harness.UntilInFlightAsync(1);
            var inFlight = await harness.InvokeAsync(() =>
            {
                harness.User.Kill();
                return harness.Loop.InFlight.Count;
            });
            inFlight.ShouldBe(0, name);
            await Should.ThrowAsync<OperationCanceledException>(running);
            (await harness.FinishAsync())[Outcome.Cancelled].ShouldBe(1, name);
        }
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Requests_under_way_come_back_while_the_user_drains(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        var running = harness.RunAsync(async client => (await client.GetAsync("/x?ms=100")).StatusCode);
        await harness.UntilAsync(() => server.Counts.Received == 1, "the request arrived");
        await harness.InvokeAsync(harness.User.Drain);

        (await running).ShouldBe(200);
        await Should.ThrowAsync<OperationCanceledException>(harness.RunAsync(async client => await client.GetAsync("/x")));
        (await harness.FinishAsync())[Outcome.Success].ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_closed_session_leaves_no_connection_behind(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        await harness.RunAsync(async client => await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.GetAsync("/x").AsTask())));
        await harness.FinishAsync();

        await harness.UntilAsync(() => server.OpenConnections == 0, "all connections closed");
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task The_call_may_come_from_another_thread(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        var response = await Task.Run(async () => await harness.Client.GetAsync("/x"));

        response.StatusCode.ShouldBe(200);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Source_addresses_are_those_of_the_run(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(
            transport, server.Url, new SessionOptions { Engine = new() { LocalAddresses = [IPAddress.Parse("127.0.0.9")] } });

        await harness.RunAsync(async client => (await client.GetAsync("/x")).Error.ShouldBeNull());
    }
}
