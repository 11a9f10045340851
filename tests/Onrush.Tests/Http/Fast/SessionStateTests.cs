using System.Text;
using Onrush.Testing.Targets.Counting;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

/// <summary>What a session remembers from one request to the next.</summary>
public sealed class SessionStateTests
{
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Cookies_come_back_where_they_belong(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            await client.GetAsync("/cookies/set?a=1&b=2");
            await client.GetAsync("/cookies/set?deep=3&cookie-path=/cookies/below");
            (await TextAsync(client.GetAsync("/cookies", keepBody: true))).ShouldBe("a=1; b=2");
            client.GetCookie("a").ShouldBe("1");
            client.GetCookie("deep").ShouldBe("3");

            await client.GetAsync("/cookies/clear?a");
            (await TextAsync(client.GetAsync("/cookies", keepBody: true))).ShouldBe("b=2");

            client.SetCookie("own", "x");
            (await TextAsync(client.GetAsync("/cookies", keepBody: true))).ShouldBe("b=2; own=x");
            client.ClearCookies();
            (await TextAsync(client.GetAsync("/cookies", keepBody: true))).ShouldBe("");
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_cookie_set_by_a_redirect_is_sent_to_where_it_leads(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            await client.GetAsync("/cookies/set?session=abc");
            (await TextAsync(client.GetAsync("/redirect/to", query: [("url", "/cookies")], keepBody: true))).ShouldBe("session=abc");
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Credentials_are_sent_however_they_are_given(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            (await client.GetAsync("/auth/basic")).StatusCode.ShouldBe(401);
            (await client.GetAsync($"http://user:password@127.0.0.1:{server.Port}/auth/basic")).StatusCode.ShouldBe(200);
            client.UseBasicAuth("user", "password");
            (await client.GetAsync("/auth/basic")).StatusCode.ShouldBe(200);
            client.UseBearerToken("token");
            (await client.GetAsync("/auth/bearer")).StatusCode.ShouldBe(200);
            (await client.GetAsync("/auth/bearer", headers: [new("Authorization", "Bearer other")])).StatusCode.ShouldBe(401);
            client.Authorization = null;
            (await client.GetAsync("/auth/bearer")).StatusCode.ShouldBe(401);
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Credentials_in_the_host_go_with_every_request(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, new Uri($"http://user:password@127.0.0.1:{server.Port}"));

        await harness.RunAsync(async client => (await client.GetAsync("/auth/basic")).StatusCode.ShouldBe(200));
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_response_that_was_not_kept_may_be_disposed_of_without_a_later_request_noticing(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            using (await client.GetAsync("/first"))
            {
            }

            var slow = client.GetAsync("/slow?ms=50", name: "slow").AsTask();
            var fast = client.GetAsync("/status/404", name: "fast").AsTask();
            (await fast).StatusCode.ShouldBe(404);
            (await slow).StatusCode.ShouldBe(200);
        });

        server.Counts.Answered.ShouldBe(3);
        (await harness.FinishAsync()).Started.ShouldBe(3);
    }

    private static async Task<string> TextAsync(ValueTask<Response> call)
    {
        using var response = await call;
        return Encoding.UTF8.GetString(response.Body.Span);
    }
}
