using System.Text;
using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

public sealed class RedirectTests
{
    public static MatrixTheoryData<string, int> Statuses => new(Transports.All, [301, 302, 303, 307, 308]);

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task A_post_becomes_a_get_or_keeps_its_body_as_the_status_says(string transport, int status)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        var echoed = await harness.RunAsync(async client =>
        {
            using var response = await client.PostAsync("/redirect/to", "the body", query: [("url", "/echo"), ("status", $"{status}")], keepBody: true);
            response.StatusCode.ShouldBe(200);
            response.Url.ShouldEndWith("/echo");
            response.Headers["Content-Type"].ShouldBe("message/http");
            response.Headers["Location"].ShouldBeNull();
            return Encoding.UTF8.GetString(response.Body.Span);
        });

        if (status >= 307)
        {
            echoed.ShouldStartWith("POST /echo ");
            echoed.ShouldEndWith("\r\n\r\nthe body");
        }
        else
        {
            echoed.ShouldStartWith("GET /echo ");
            echoed.ShouldEndWith("\r\n\r\n");
            echoed.ShouldNotContain("Content-");
        }

        var single = (await harness.FinishAsync()).Single;
        single.Method.ShouldBe("POST");
        single.Started.ShouldBe(1);
        server.Counts.Received.ShouldBe(2);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_stream_is_sent_again_when_it_can_be(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);
        var body = new byte[50_000];
        new Random(3).NextBytes(body);

        await harness.RunAsync(async client =>
        {
            using (var again = await client.PostAsync(
                "/redirect/to", RequestBody.Stream(new SlowStream(body, known: true)), query: [("url", "/echo/body"), ("status", "307")], keepBody: true))
            {
                again.Error.ShouldBeNull();
                again.Body.Span.SequenceEqual(body).ShouldBeTrue();
            }

            var once = await client.PostAsync(
                "/redirect/to", RequestBody.Stream(new SlowStream(body, known: false)), query: [("url", "/echo/body"), ("status", "307")]);
            once.Error!.ShouldContain("cannot be sent again");
        });

        (await harness.FinishAsync())[Outcome.Protocol].ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Authorization_and_cookies_stay_with_their_origin(string transport)
    {
        await using var server = CountingServer.Start();
        await using var other = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            client.UseBearerToken("secret");
            (await EchoAsync(client.GetAsync("/redirect/to", query: [("url", "/echo")], keepBody: true))).ShouldContain("\r\nAuthorization: Bearer secret\r\n");
            var elsewhere = await EchoAsync(client.GetAsync("/redirect/to", headers: [new("X-Own", "1")], query: [("url", other.Url + "echo")], keepBody: true));
            elsewhere.ShouldNotContain("secret");
            elsewhere.ShouldContain("\r\nX-Own: 1\r\n");
            elsewhere.ShouldContain($"\r\nHost: 127.0.0.1:{other.Port}\r\n");
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Hops_are_counted_and_end(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { MaxRedirects = 5 });

        await harness.RunAsync(async client =>
        {
            (await client.GetAsync("/redirect/5")).StatusCode.ShouldBe(200);
            (await client.GetAsync("/redirect/6")).Error!.ShouldBe("more than 5 redirects");
            (await client.GetAsync("/redirect/loop")).IsSuccess.ShouldBeFalse();
            (await client.GetAsync("/redirect/relative")).StatusCode.ShouldBe(200);
            (await client.GetAsync("/redirect/5", allowRedirects: false)).StatusCode.ShouldBe(302);
            (await client.HeadAsync("/redirect/5")).StatusCode.ShouldBe(302);
            (await client.HeadAsync("/redirect/5", allowRedirects: true)).StatusCode.ShouldBe(200);
            (await client.GetAsync("/redirect/to", query: [("url", "ftp://elsewhere/")])).Error!.ShouldContain("impossible");
            (await client.GetAsync("/redirect/to", query: [("url", "http://")])).Error!.ShouldContain("impossible");
        });

        server.Counts["/redirect/landing"].Received.ShouldBe(1);
        var counts = await harness.FinishAsync();
        counts[Outcome.Protocol].ShouldBe(4);
        counts.Failures.Sum(f => f.Count).ShouldBe(4);
    }

    private static async Task<string> EchoAsync(ValueTask<Response> call)
    {
        using var response = await call;
        return Encoding.UTF8.GetString(response.Body.Span);
    }
}
