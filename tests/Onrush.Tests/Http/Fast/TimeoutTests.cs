using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Hostile;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

public sealed class TimeoutTests
{
    private static readonly SessionOptions Patient = new() { ConnectionTimeout = 30, NetworkTimeout = 30, RequestTimeout = 30 };

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_full_accept_queue_ends_in_the_connection_timeout(string transport)
    {
        await using var hostile = new HostileServer();
        var port = hostile["never-accept"];
        await using var harness = new SessionHarness(transport, port.Url, Patient with { ConnectionTimeout = 0.3 });

        (await TakesAsync(harness, client => client.GetAsync("", name: "x"))).ShouldBeInRange(290, 5000);

        (await harness.FinishWithAsync(Outcome.ConnectTimeout)).Message.ShouldBe($"no connection within 0.3 s: 127.0.0.1:{port.Url.Port}");
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_slow_handshake_ends_in_the_connection_timeout(string transport)
    {
        await using var hostile = new HostileServer();
        await using var harness = new SessionHarness(transport, hostile["tls-slow"].Url, Patient with { ConnectionTimeout = 0.3 });

        (await TakesAsync(harness, client => client.GetAsync("", name: "x"))).ShouldBeInRange(290, 5000);

        await harness.FinishWithAsync(Outcome.ConnectTimeout);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Silence_ends_in_the_network_timeout(string transport)
    {
        await using var hostile = new HostileServer();
        await using var harness = new SessionHarness(transport, hostile["length-too-long-then-silence"].Url, Patient with { NetworkTimeout = 0.3 });

        (await TakesAsync(harness, client => client.GetAsync("", name: "x"))).ShouldBeInRange(290, 5000);

        (await harness.FinishWithAsync(Outcome.ReadTimeout)).Message.ShouldBe("nothing received for 0.3 s");
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_response_that_keeps_coming_outlives_the_network_timeout(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url, Patient with { NetworkTimeout = 2 });

        // 50 pieces, 50 ms apart: no silence of two seconds even where the target must wait for a processor, and more than two in all.
        (await TakesAsync(harness, client => client.GetAsync("/drip?size=50&piece=1&pause=50"))).ShouldBeGreaterThan(2000);

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_response_without_end_ends_in_the_total_timeout(string transport)
    {
        await using var hostile = new HostileServer();
        await using var harness = new SessionHarness(transport, hostile["body-without-end"].Url, Patient with { RequestTimeout = 0.3 });

        (await TakesAsync(harness, client => client.GetAsync("", name: "x"))).ShouldBeInRange(290, 5000);

        (await harness.FinishWithAsync(Outcome.ReadTimeout)).Message.ShouldBe("no complete response within 0.3 s");
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task The_timeout_of_a_call_takes_the_place_of_the_class_s(string transport)
    {
        await using var hostile = new HostileServer();
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, hostile["never-answer"].Url, Patient with { RequestTimeout = 0.2 });

        (await TakesAsync(harness, client => client.GetAsync(server.Url + "?ms=500", name: "x", timeout: 20))).ShouldBeGreaterThan(490);
        (await TakesAsync(harness, client => client.GetAsync("", name: "x", timeout: 0.4))).ShouldBeInRange(390, 5000);

        var counts = await harness.FinishAsync();
        counts[Outcome.Success].ShouldBe(1);
        counts[Outcome.ReadTimeout].ShouldBe(1);
    }

    /// <summary>What is late is the generator: the answer was there in time, and nobody looked.</summary>
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task An_answer_that_came_while_the_loop_was_held_up_is_no_timeout(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url, Patient with { NetworkTimeout = 1 });

        await harness.RunAsync(async client =>
        {
            await client.GetAsync("/first");
            var call = client.GetAsync("/second", timeout: 1).AsTask();
            Thread.Sleep(2000); // The user's code holds the loop.
            (await call).StatusCode.ShouldBe(200);
        });

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(2);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Many_timeouts_at_once_each_end_their_own_request(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url, Patient);

        await harness.RunAsync(async client =>
        {
            // Connections first: on a busy machine connecting alone may take as long as the short timeout.
            await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => client.GetAsync("/warm?ms=20").AsTask()));
            var slow = Enumerable.Range(0, 20).Select(_ => client.GetAsync("/slow?ms=20000", timeout: 0.3).AsTask()).ToArray();
            var quick = Enumerable.Range(0, 20).Select(_ => client.GetAsync("/quick", timeout: 20).AsTask()).ToArray();
            (await Task.WhenAll(quick)).ShouldAllBe(r => r.StatusCode == 200);
            (await Task.WhenAll(slow)).ShouldAllBe(r => r.StatusCode == 0);
        });

        var counts = await harness.FinishAsync();
        counts[Outcome.ReadTimeout].ShouldBe(20);
        counts[Outcome.Success].ShouldBe(60);
    }

    private static Task<double> TakesAsync(SessionHarness harness, Func<HttpSession, ValueTask<Response>> call) => harness.RunAsync(async client =>
    {
        var start = MonotonicClock.Now;
        var response = await call(client);
        var took = (MonotonicClock.Now - start) / 1e6;
        response.ResponseTime.ShouldBeInRange(0, took);
        return took;
    });
}
