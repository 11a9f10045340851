extern alias coupons;
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Net.Sockets;
using coupons::CouponService;
using coupons::CouponService.Stores;

namespace Onrush.FunctionalTests.Samples;

/// <summary>What the service answers, and that each switch does what it says.</summary>
public sealed class CouponServiceTests
{
    private readonly HttpClient _client = new() { Timeout = Deadline.Default };

    [Fact]
    public async Task Answers_each_call_with_its_own_status()
    {
        await using var server = await StartAsync("--quantity", "2");
        (await CallAsync(server, "1")).ShouldBe((200, """{"result":"ISSUED","seq":1}"""));
        (await CallAsync(server, "1")).ShouldBe((409, """{"result":"ALREADY_ISSUED"}"""));
        (await CallAsync(server, "2")).Status.ShouldBe(200);
        (await CallAsync(server, "3")).ShouldBe((410, """{"result":"SOLD_OUT"}"""));
        (await CallAsync(server, "2")).Status.ShouldBe(409);
        (await CallAsync(server, null)).Status.ShouldBe(400);
        (await CallAsync(server, "Ann")).Status.ShouldBe(400);
        (await CallAsync(server, "1", coupon: 7)).Status.ShouldBe(404);
        (await _client.GetStringAsync(new Uri(server.Url, "api/v1/coupons/1"))).ShouldBe("""{"id":1,"quantity":2,"issued":2,"left":0}""");
        (await _client.GetStringAsync(new Uri(server.Url, "hello?ms=1"))).ShouldBe("Hello!");
        (await _client.GetStringAsync(server.Url)).ShouldContain("<h1>");
    }

    [Fact]
    public async Task Starts_anew_when_it_is_reset()
    {
        await using var server = await StartAsync("--quantity", "1");
        await CallAsync(server, "1");
        (await _client.PostAsync(new Uri(server.Url, "admin/reset?quantity=5"), null)).EnsureSuccessStatusCode();
        (await CallAsync(server, "1")).Status.ShouldBe(200);
        (await CouponAudit.ReadAsync(server.Url)).ShouldBe(new CouponAudit(5, 1, 1, 0, 0, 0));
        (await _client.PostAsync(new Uri(server.Url, "admin/reset?quantity=many"), null)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Lets_no_page_of_another_site_reset_it()
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, "admin/reset")) { Headers = { { "Origin", "http://example.com" } } };
        (await _client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Naive_sells_what_it_has_not()
    {
        await using var server = await StartAsync("--mode", "naive", "--quantity", "100");
        using var calls = new CouponCalls();
        await calls.CallAsync(server.Url, 500);
        var audit = await CouponAudit.ReadAsync(server.Url);
        audit.Oversold.ShouldBeGreaterThan(0);
        audit.DoubleIssued.ShouldBeGreaterThan(0);
        audit.Issued.ShouldBe(calls.Users(200).Count);
    }

    [Fact]
    public async Task Async_promises_what_only_the_audit_denies()
    {
        await using var server = await StartAsync("--mode", "async", "--quantity", "100");
        using var calls = new CouponCalls();
        await calls.CallAsync(server.Url, 500);
        calls.Users(200).Count.ShouldBe(500);
        calls.Users(409).Count.ShouldBe(500);
        CouponAudit audit;
        do
            audit = await CouponAudit.ReadAsync(server.Url);
        while (audit.Pending > 0);
        audit.ShouldBe(new CouponAudit(100, 100, 100, 0, 0, 0));
    }

    [Fact]
    public async Task Works_on_as_many_requests_as_it_has_threads()
    {
        await using var server = await StartAsync("--threads", "2", "--max-queue", "3", "--delay-ms", "300");
        var statuses = await Task.WhenAll(Enumerable.Range(1, 10).Select(async user => (await CallAsync(server, $"{user}")).Status));
        statuses.Count(status => status == 200).ShouldBe(5);
        statuses.Count(status => status == 503).ShouldBe(5);
    }

    [Fact]
    public async Task Waits_for_a_place_in_the_pool_and_gives_up()
    {
        await using var server = await StartAsync("--db-pool", "1", "--db-delay-ms", "500", "--db-pool-wait-ms", "100");
        var answers = await Task.WhenAll(Enumerable.Range(1, 3).Select(user => CallAsync(server, $"{user}")));
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Status == 500 && answer.Body.Contains("POOL_TIMEOUT", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Leaves_connections_in_the_queue_when_it_has_enough()
    {
        await using var server = await StartAsync("--max-connections", "2", "--accept-count", "10");
        List<Socket> sockets = [];
        for (var i = 0; i < 3; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, server.Url.Port);
            await socket.SendAsync("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
            sockets.Add(socket);
        }
        var third = sockets[2].ReceiveAsync(new byte[1000]);
        foreach (var socket in sockets.Take(2))
            (await socket.ReceiveAsync(new byte[1000])).ShouldBeGreaterThan(0);
        third.IsCompleted.ShouldBeFalse("the third is not served while two are open");
        sockets[0].Dispose();
        (await third.WithinAsync("the third takes the place of the first")).ShouldBeGreaterThan(0);
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Is_held_up_by_what_goes_wrong_in_it()
    {
        await using var convoy = await StartAsync("--convoy-ms", "50");
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(1, 10).Select(user => CallAsync(convoy, $"{user}")));
        System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds.ShouldBeGreaterThan(500, "ten hold the lock one after the other");

        await using var leaking = await StartAsync("--leak-bytes", "100", "--leak-slows-us", "20000");
        foreach (var user in Enumerable.Range(1, 10))
            await CallAsync(leaking, $"{user}");
        began = System.Diagnostics.Stopwatch.GetTimestamp();
        await CallAsync(leaking, "11");
        System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds.ShouldBeGreaterThan(200, "ten were left behind");

        await using var pausing = await StartAsync("--pause-every-ms", "100", "--pause-ms", "60");
        var longest = 0.0;
        for (var user = 1; longest < 20; user++)
        {
            user.ShouldBeLessThan(100_000, "no request was held up");
            began = System.Diagnostics.Stopwatch.GetTimestamp();
            await CallAsync(pausing, $"{user}");
            longest = Math.Max(longest, System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }

    [Theory]
    [InlineData("--stoer memory", "there is no switch --stoer")]
    [InlineData("--store mysql", "--store: mysql is no store")]
    [InlineData("--threads many", "--threads: many is no whole number")]
    [InlineData("--threads", "--threads needs a value")]
    [InlineData("--mode careful", "--mode: careful is no mode")]
    public async Task Refuses_a_switch_that_is_wrong(string arguments, string why)
    {
        var error = new StringWriter();
        (await CouponServer.RunAsync(arguments.Split(' '), StoreKinds.Open, TextWriter.Null, error)).ShouldBe(2);
        error.ToString().ShouldContain(why);
    }

    [Theory]
    [InlineData("bind")]
    public async Task Says_in_one_line_why_it_cannot_start(string what)
    {
        await using var first = await StartAsync();
        var error = new StringWriter();
        (await CouponServer.RunAsync([$"--{what}", "127.0.0.1", "--store", "memory", "--port", $"{first.Url.Port}"], StoreKinds.Open, TextWriter.Null, error)).ShouldBe(1);
        error.ToString().Trim().Split('\n').Length.ShouldBe(1);
        error.ToString().ShouldContain("in use");
    }

    private static Task<CouponServer> StartAsync(params string[] switches) =>
        CouponServer.StartAsync(CouponOptions.Parse(["--store", "memory", "--port", "0", .. switches]), new MemoryStore());

    private async Task<(int Status, string Body)> CallAsync(CouponServer server, string? user, long coupon = 1)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, $"api/v1/coupons/call/{coupon}"));
        if (user is not null)
            request.Headers.Add("X-USER-ID", user);
        using var response = await _client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
