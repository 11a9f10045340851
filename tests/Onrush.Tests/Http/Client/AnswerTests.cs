using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Client;

/// <summary>What comes back: bodies, codings, cookies, redirects, verdicts.</summary>
public sealed class AnswerTests
{
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Every_framing_and_coding_gives_the_body(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            foreach (var path in (string[])["/x?size=100000", "/chunked?size=100000&trailers=1", "/close?size=100000", "/http10?size=100000", "/drip?size=100000&piece=20000",
                "/encoded/gzip?size=100000", "/encoded/deflate?size=100000", "/encoded/raw-deflate?size=100000", "/encoded/br?size=100000"])
            {
                using var response = await client.GetAsync(path, keepBody: true);
                response.Error.ShouldBeNull(path);
                response.Body.Length.ShouldBe(100_000, path);
                response.Body.Span[99_999].ShouldBe((byte)('a' + 99_999 % 26), path);
                (await client.GetAsync(path)).ContentLength.ShouldBe(response.ContentLength, path);
            }

            using var interim = await client.GetAsync("/interim/3", keepBody: true);
            interim.Text.ShouldBe("after the interim");
            foreach (var status in (int[])[204, 304])
            {
                using var none = await client.GetAsync($"/status/{status}", keepBody: true);
                none.StatusCode.ShouldBe(status);
                none.Body.Length.ShouldBe(0);
            }
        });

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(21);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Bytes_and_phases_are_those_of_the_wire(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            using (var first = await client.GetAsync("/x?ms=20", name: "x", keepBody: true))
            {
                var phases = first.Phases;
                phases.Connect.ShouldBeGreaterThan(0);
                phases.Blocked.ShouldBeGreaterThanOrEqualTo(phases.Connect);
                phases.Tls.ShouldBe(0);
                (phases.Send + phases.Wait).ShouldBeGreaterThanOrEqualTo(10);
                first.ResponseTime.ShouldBe(phases.Blocked + phases.Send + phases.Wait + phases.Receive, 0.001);
            }

            using var second = await client.GetAsync("/x?ms=20", name: "x", keepBody: true);
            second.Phases.Blocked.ShouldBe(0);
            (second.Phases.Send + second.Phases.Wait).ShouldBeGreaterThanOrEqualTo(10);
        });
        var small = await harness.CountsAsync();
        await harness.RunAsync(async client =>
        {
            foreach (var body in (byte[][])[new byte[10], new byte[99_990]])
            {
                using var response = await client.PostAsync("/x?size=25000", body, name: "x", keepBody: true);
                response.Phases.Blocked.ShouldBe(0);
                (response.Phases.Send + response.Phases.Wait).ShouldBeGreaterThan(0);
            }
        });
        var large = await harness.FinishAsync();

        small.Single.ContentLength.ShouldBe(70);
        large.Single.ContentLength.ShouldBe(50_000);
        (large.Single.BytesSent - small.Single.BytesSent).ShouldBeInRange(100_000, 100_300);
        (large.Single.BytesReceived - small.Single.BytesReceived).ShouldBeInRange(49_930, 49_950);
        server.Connections.ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Cookies_are_kept_sent_and_cleared(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            await client.GetAsync("/cookies/set?a=1&b=2");
            client.GetCookie("a").ShouldBe("1");
            (await TextAsync(client.GetAsync("/cookies", keepBody: true))).ShouldBe("a=1; b=2");
            await client.GetAsync("/cookies/clear?a");
            (await TextAsync(client.GetAsync("/cookies", keepBody: true))).ShouldBe("b=2");
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Redirects_are_followed_by_the_rules_of_the_fast_client(string transport)
    {
        await using var server = CountingServer.Start();
        await using var other = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url, new SessionOptions { MaxRedirects = 5 });

        await harness.RunAsync(async client =>
        {
            using (var landed = await client.GetAsync("/redirect/3", catchResponse: true))
            {
                landed.Text.ShouldBe("landed");
                landed.Url.ShouldEndWith("/redirect/0");
                landed.Headers.Values("Content-Length").Count.ShouldBe(1);
            }

            (await TextAsync(client.PostAsync($"/redirect/to?url={other.Url}echo", "secret", keepBody: true, headers: [new("Authorization", "Bearer x")])))
                .ShouldSatisfyAllConditions(
                    text => text.ShouldStartWith("GET /echo HTTP/1.1"),
                    text => text.ShouldNotContain("Authorization"),
                    text => text.ShouldNotContain("secret"));
            (await TextAsync(client.PostAsync("/redirect/to?status=307&url=/echo/body", "kept", keepBody: true))).ShouldBe("kept");
            (await client.GetAsync("/redirect/2", allowRedirects: false)).StatusCode.ShouldBe(302);
            (await client.GetAsync("/redirect/loop")).Error.ShouldBe("more than 5 redirects");
        });

        var counts = await harness.FinishAsync();
        counts.Started.ShouldBe(5);
        counts[Outcome.Protocol].ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task The_load_test_judges_what_it_catches(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            using (var good = await client.GetAsync("/status/409", name: "good", catchResponse: true))
                good.Success();
            using (var bad = await client.GetAsync("/x", name: "bad", catchResponse: true))
                bad.Failure("not what I wanted");
            (await client.GetAsync("/status/503", name: "status")).IsSuccess.ShouldBeFalse();
        });

        var counts = await harness.FinishAsync();
        counts[Outcome.Success].ShouldBe(1);
        counts.Failures.Select(f => (f.Name, f.Outcome, f.Message)).ShouldBe(
            [("bad", Outcome.Check, "not what I wanted"), ("status", Outcome.Status, "503 Service Unavailable")], ignoreOrder: true);
    }

    private static async Task<string> TextAsync(ValueTask<Response> call)
    {
        using var response = await call;
        response.Error.ShouldBeNull();
        return response.Text;
    }
}
