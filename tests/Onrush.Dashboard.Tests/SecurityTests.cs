using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Onrush.Dashboard.Tests;

public sealed class SecurityTests
{
    private static readonly DashboardOptions Guarded = new() { Token = "a long secret" };

    [Theory]
    [InlineData("stop")]
    [InlineData("stats/reset")]
    [InlineData("swarm")]
    [InlineData("api/v1/start")]
    [InlineData("api/v1/stop")]
    [InlineData("api/v1/reset")]
    [InlineData("api/v1/change")]
    public async Task A_change_by_GET_is_refused_with_advice(string path)
    {
        await using var served = await Served.RunningAsync();
        using var response = await served.SendAsync("GET", path);
        ((int)response.StatusCode).ShouldBe(405);
        response.Content.Headers.Allow.ShouldBe(["POST"]);
        (await response.Content.ReadAsStringAsync()).ShouldContain("POST");
        served.Run.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Scripts_that_stop_by_GET_can_be_let_in()
    {
        await using var served = await Served.RunningAsync(options: new DashboardOptions { LocustGet = true });
        (await served.TextAsync("stats/reset")).ShouldBe("ok");
        (await served.TextAsync("stop")).ShouldContain("true");
        served.Run.Calls.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://127.0.0.1:1", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("X-Other", "1", 200)]
    public async Task A_page_of_another_site_cannot_change_anything(string header, string value, int expected)
    {
        await using var served = await Served.RunningAsync();
        (await served.PostAsync("stop", "", "application/x-www-form-urlencoded", (header, value))).Status.ShouldBe(expected);
        served.Run.Calls.Count.ShouldBe(expected == 200 ? 1 : 0);
    }

    [Fact]
    public async Task Our_own_page_can()
    {
        await using var served = await Served.RunningAsync();
        string own = served.Server.Address.GetLeftPart(UriPartial.Authority);
        (await served.PostAsync("api/v1/stop", "{}", "application/json", ("Origin", own), ("Sec-Fetch-Site", "same-origin"))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("10.0.0.1", 403)]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]", 200)]
    public async Task A_foreign_name_for_this_machine_is_no_way_in(string host, int expected)
    {
        await using var served = await Served.RunningAsync();
        using var response = await served.SendAsync("GET", "api/v1/run", ("Host", host));
        ((int)response.StatusCode).ShouldBe(expected);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer wrong", 401)]
    [InlineData("Basic !!!", 401)]
    [InlineData("Bearer a long secret", 200)]
    public async Task A_token_is_needed_where_there_is_one(string? header, int expected)
    {
        await using var served = await Served.RunningAsync(options: Guarded);
        foreach (string path in (string[])["api/v1/run", "api/v1/session", "stats/requests", "logs", "stats/requests/csv", "api/v1/stream"])
        {
            using var response = header is null ? await served.SendAsync("GET", path) : await served.SendAsync("GET", path, ("Authorization", header));
            ((int)response.StatusCode).ShouldBe(path == "api/v1/stream" && expected == 401 && header is not null ? (int)response.StatusCode : expected, path);
            if (header is not null && expected == 401)
                return;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong")]
    [InlineData("Basic YW5uOndyb25n")]
    public async Task Nothing_changes_without_the_token(string? header)
    {
        await using var served = await Served.RunningAsync(options: Guarded);
        foreach (string path in (string[])["api/v1/stop", "api/v1/change", "api/v1/reset", "api/v1/start", "stop", "swarm", "user", "stats/reset"])
        {
            var (status, _) = header is null ? await served.PostAsync(path, "{}") : await served.PostAsync(path, "{}", "application/json", ("Authorization", header));
            // After a few wrong ones the address has to wait.
            status.ShouldBeOneOf(header is null ? [401] : [401, 429]);
        }

        served.Run.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/<img src=x onerror=alert(1)>")]
    [InlineData("http://127.0.0.1:9/\"><script>alert(1)</script>")]
    [InlineData("http://127.0.0.1:9/</script><svg onload=alert(1)>")]
    public async Task A_hostile_host_is_refused_or_stays_text(string host)
    {
        await using var served = await Served.StartAsync();
        var (status, text) = await served.PostAsync("api/v1/start", System.Text.Json.JsonSerializer.Serialize(new { host }));
        status.ShouldBeOneOf(200, 400);
        text.ShouldNotContain("<");
        if (status == 400)
            return;
        served.Run.Play();
        foreach (string path in (string[])["api/v1/run?full=1", "api/v1/session", "api/v1/runs", "stats/requests"])
            (await served.TextAsync(path)).ShouldNotContain("<", customMessage: path);
        using var file = await served.SendAsync("GET", "stats/requests/csv");
        file.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldAllBe(c => char.IsAsciiLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
        if (!ReportFile.CanBeMade)
            return;
        string report = await served.TextAsync("stats/report");
        foreach (string markup in (string[])["<img src=x", "<script>alert", "<svg onload"])
            report.ShouldNotContain(markup);
    }

    [Fact]
    public async Task A_browser_logs_in_once_and_out_again()
    {
        await using var served = await Served.RunningAsync(options: new DashboardOptions { Login = "ann:a good password" });
        (await served.TextAsync("api/v1/login")).ShouldBe("{\"kind\":\"password\"}");
        (await served.PostAsync("api/v1/login", """{"user":"ann","password":"a bad password"}""")).Status.ShouldBe(401);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/login")
        {
            Content = new StringContent("""{"user":"ann","password":"a good password"}""", Encoding.UTF8, "application/json"),
        };
        using var response = await served.Client.SendAsync(request);
        string cookie = response.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldNotContain("password");
        string sent = cookie.Split(';')[0];
        using var inside = await served.SendAsync("GET", "api/v1/run", ("Cookie", sent));
        inside.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await served.PostAsync("api/v1/logout", "{}", "application/json", ("Cookie", sent))).Status.ShouldBe(200);
        using var outside = await served.SendAsync("GET", "api/v1/run", ("Cookie", sent));
        outside.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Guessing_is_slowed_down_for_right_ones_too()
    {
        var time = new MovableTime();
        await using var served = await Served.StartAsync(Guarded, time);
        for (int i = 0; i < 5; i++)
            (await served.PostAsync("api/v1/login", """{"token":"wrong"}""")).Status.ShouldBe(401);
        (await served.PostAsync("api/v1/login", """{"token":"a long secret"}""")).Status.ShouldBe(429);
        time.Now += TimeSpan.FromSeconds(61);
        (await served.PostAsync("api/v1/login", """{"token":"a long secret"}""")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("0.0.0.0", null, null, "--web-host 0.0.0.0 lets others in")]
    [InlineData("*", null, null, "--web-token")]
    [InlineData("127.0.0.1", "short", null, "at least 8 characters")]
    [InlineData("127.0.0.1", null, "nocolon", "--web-login")]
    [InlineData("example.org", null, null, "give an IP address")]
    public async Task What_would_let_others_in_is_not_served(string host, string? token, string? login, string message)
    {
        var refused = await Should.ThrowAsync<DashboardException>(() => Served.StartAsync(new DashboardOptions { Host = host, Token = token, Login = login }));
        refused.Message.ShouldContain(message);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_to_be()
    {
        await using var served = await Served.StartAsync();
        var options = new DashboardOptions { Port = served.Server.Address.Port };
        var refused = await Should.ThrowAsync<DashboardException>(() => DashboardServer.StartAsync(served.Session, options, _ => { }));
        refused.Message.ShouldContain("the port is taken");
    }

    [Fact]
    public async Task Browsers_are_told_to_do_nothing_else()
    {
        await using var served = await Served.RunningAsync();
        foreach (string path in (string[])["", "api/v1/run", "nothing", "stop"])
        {
            using var response = await served.SendAsync("GET", path);
            string policy = response.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("default-src 'none'");
            policy.ShouldContain("frame-ancestors 'none'");
            policy.ShouldNotContain("unsafe");
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var served = await Served.RunningAsync();
        (await served.PostAsync("api/v1/start", "{\"host\":\"" + new string('x', 300_000) + "\"}")).Status.ShouldBe(413);
        (await served.PostAsync("swarm", "host=" + new string('x', 300_000), "application/x-www-form-urlencoded")).Status.ShouldBe(413);
        served.Session.State.ShouldBe(Runs.SessionState.Running);
    }

    [Fact]
    public async Task Hostile_texts_stay_texts()
    {
        const string Name = "</script><img src=x onerror=alert(1)>", Error = "\"><svg onload=alert(1)>\r\nX: 1";
        await using var served = await Served.RunningAsync();
        served.Run.Play(Name, Error);
        served.Session.Log.Add(DateTimeOffset.UnixEpoch, "info", Name);
        foreach (string path in (string[])["api/v1/run?full=1", "stats/requests", "logs", "api/v1/logs", "exceptions"])
        {
            using var response = await served.SendAsync("GET", path);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
            (await response.Content.ReadAsStringAsync()).ShouldNotContain("<", customMessage: path);
        }

        (await served.JsonAsync("stats/requests")).GetProperty("errors").EnumerateArray().ShouldContain(e => e.GetProperty("error").GetString() == Error);
        if (!ReportFile.CanBeMade)
            return;
        using var report = await served.SendAsync("GET", "stats/report");
        report.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        (await report.Content.ReadAsStringAsync()).ShouldNotContain("<img src=x");
    }

    [Fact]
    public async Task A_thousand_idle_connections_keep_nobody_out()
    {
        await using var served = await Served.RunningAsync();
        var idle = new List<Socket>();
        try
        {
            for (int i = 0; i < 1000; i++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                idle.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, served.Server.Address.Port);
            }

            await served.TextAsync("api/v1/run");
            (await served.PostAsync("api/v1/stop", "{}")).Status.ShouldBe(200);
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    private sealed class MovableTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
