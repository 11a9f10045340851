using System.Net.Quic;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Tls;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Client;

/// <summary>HTTP/2, what is negotiated, and what cannot be had.</summary>
public sealed class VersionTests
{
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Http2_without_tls_carries_many_requests_on_one_connection(string transport)
    {
        await using var target = await Http2Target.StartAsync(HttpProtocols.Http2);
        await using var harness = new SessionHarness(transport, target.Url, ClientHarness.With(version: HttpVersionChoice.Http2));

        await harness.RunAsync(async client =>
        {
            using (var first = await client.GetAsync("/x", keepBody: true))
            {
                first.Error.ShouldBeNull();
                first.Text.ShouldBe("HTTP/2 ");
                first.Phases.Connect.ShouldBeGreaterThan(0);
            }

            using (var second = await client.GetAsync("/x", keepBody: true))
                second.Text.ShouldBe("HTTP/2 yes");
            var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync("/x").AsTask()));
            responses.ShouldAllBe(r => r.StatusCode == 200);
        });

        var single = (await harness.FinishAsync()).Single;
        single.Outcomes[(int)Outcome.Success].ShouldBe(22);
        single.BytesSent.ShouldBeGreaterThan(22 * 9);
        single.BytesReceived.ShouldBeGreaterThan(22 * 9);
        target.Requests.ShouldBe(22);
        target.Connections.ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_large_body_goes_both_ways_over_http2(string transport)
    {
        await using var target = await Http2Target.StartAsync(HttpProtocols.Http2);
        await using var harness = new SessionHarness(transport, target.Url, ClientHarness.With(version: HttpVersionChoice.Http2));
        var body = new byte[1_000_000];
        new Random(1).NextBytes(body);

        await harness.RunAsync(async client =>
        {
            using (var response = await client.PostAsync("/body", body, keepBody: true))
            {
                response.Error.ShouldBeNull();
                response.Body.Span.SequenceEqual(body).ShouldBeTrue();
            }

            using var streamed = await client.PostAsync("/body", RequestBody.Stream(new MemoryStream(body)), keepBody: true);
            streamed.Body.Span.SequenceEqual(body).ShouldBeTrue();
        });

        (await harness.FinishAsync()).Single.BytesSent.ShouldBeInRange(2_000_000, 2_010_000);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_timeout_over_http2_ends_one_request_and_leaves_the_others(string transport)
    {
        await using var target = await Http2Target.StartAsync(HttpProtocols.Http2);
        await using var harness = new SessionHarness(transport, target.Url, ClientHarness.With(version: HttpVersionChoice.Http2));

        await harness.RunAsync(async client =>
        {
            await client.GetAsync("/x");
            var never = client.GetAsync("/never", timeout: 0.3).AsTask();
            (await client.GetAsync("/x")).StatusCode.ShouldBe(200);
            (await never).Error.ShouldBe("no complete response within 0.3 s");
            (await client.GetAsync("/x")).StatusCode.ShouldBe(200);
        });

        var counts = await harness.FinishAsync();
        counts[Outcome.ReadTimeout].ShouldBe(1);
        counts[Outcome.Success].ShouldBe(3);
        target.Connections.ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_cut_over_http2_is_told_to_the_target(string transport)
    {
        await using var target = await Http2Target.StartAsync(HttpProtocols.Http2);
        await using var harness = new SessionHarness(transport, target.Url, ClientHarness.With(version: HttpVersionChoice.Http2));

        var running = harness.RunAsync(async client => await client.GetAsync("/never"));
        await harness.UntilAsync(() => target.Requests == 1, "the request arrived");
        await harness.InvokeAsync(harness.User.Kill);
        await Should.ThrowAsync<OperationCanceledException>(running);

        (await harness.FinishAsync())[Outcome.Cancelled].ShouldBe(1);
        await harness.UntilAsync(() => target.Aborted == 1, "the target heard of it");
    }

    public static MatrixTheoryData<string, HttpProtocols> Offers => new(Transports.All, [HttpProtocols.Http1, HttpProtocols.Http1AndHttp2]);

    [Theory]
    [MemberData(nameof(Offers))]
    public async Task Negotiated_takes_the_best_that_the_target_offers(string transport, HttpProtocols offer)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Valid();
        await using var target = await Http2Target.StartAsync(offer, certificate);
        await using var harness = new SessionHarness(
            transport, target.Url, ClientHarness.With(new SessionOptions { Insecure = true }, HttpVersionChoice.Negotiated));

        await harness.RunAsync(async client =>
        {
            for (var i = 0; i < 5; i++)
            {
                using var response = await client.GetAsync("/x", keepBody: true);
                response.Error.ShouldBeNull();
                response.Text.ShouldStartWith(offer == HttpProtocols.Http1 ? "HTTP/1.1 " : "HTTP/2 ");
                (response.Phases.Tls > 0).ShouldBe(i == 0);
            }
        });

        target.Connections.ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Http2_from_a_target_that_has_none_is_a_failure(string transport)
    {
        await using var plain = CountingServer.Start();
        using var authority = new TestAuthority();
        using var certificate = authority.Valid();
        await using var secure = await Http2Target.StartAsync(HttpProtocols.Http1, certificate);
        await using var harness = new SessionHarness(
            transport, plain.Url, ClientHarness.With(new SessionOptions { Insecure = true }, HttpVersionChoice.Http2));

        await harness.RunAsync(async client =>
        {
            (await client.GetAsync(secure.Url.OriginalString, name: "secure")).StatusCode.ShouldBe(0);
            (await client.GetAsync("/", name: "plain", timeout: 2)).StatusCode.ShouldBe(0);
        });

        var counts = await harness.FinishAsync();
        counts.Failures.Count.ShouldBe(2);
        counts.Failures.ShouldAllBe(f => f.Message.Length > 0);
        secure.Requests.ShouldBe(0);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_connection_per_request_or_iteration_is_kept_to_over_http2(string transport)
    {
        await using var target = await Http2Target.StartAsync(HttpProtocols.Http2);
        await using (var harness = new SessionHarness(
            transport, target.Url, ClientHarness.With(new SessionOptions { Connections = ConnectionReuse.PerRequest }, HttpVersionChoice.Http2)))
        {
            await harness.RunAsync(async client =>
            {
                for (var i = 0; i < 3; i++)
                    (await client.GetAsync("/x")).Error.ShouldBeNull();
            });
        }

        target.Connections.ShouldBe(3);
    }

    [Fact]
    public void Http3_is_refused_before_the_run_where_the_system_has_no_quic()
    {
        var settings = () => ClientHarness.Options(HttpVersionChoice.Http3);

        if (IsQuicSupported)
            settings.ShouldNotThrow().Version.Major.ShouldBe(3);
        else
            settings.ShouldThrow<LoadTestException>().Message.ShouldContain("libmsquic");
    }

    private static bool IsQuicSupported =>
        (OperatingSystem.IsLinux() || OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) && QuicConnection.IsSupported;
}
