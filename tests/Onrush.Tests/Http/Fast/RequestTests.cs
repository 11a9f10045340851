using System.Text;
using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

/// <summary>What goes out is what the call said.</summary>
public sealed class RequestTests
{
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Headers_of_the_call_replace_those_of_the_class_and_the_defaults(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { Headers = [new("X-Team", "blue"), new("Accept", "text/plain")] });

        await harness.RunAsync(async client =>
        {
            var plain = await EchoAsync(client.GetAsync("/echo", keepBody: true));
            plain.ShouldContain($"\r\nHost: 127.0.0.1:{server.Port}\r\n");
            plain.ShouldContain("\r\nX-Team: blue\r\n");
            plain.ShouldContain("\r\nAccept: text/plain\r\n");
            plain.ShouldNotContain("*/*");
            plain.ShouldContain("\r\nUser-Agent: Onrush/");

            var own = await EchoAsync(client.GetAsync(
                "/echo", headers: [new("x-team", "red"), new("User-Agent", "me"), new("Host", "shop.test"), new("X-More", "ä")], keepBody: true));
            own.ShouldContain("\r\nHost: shop.test\r\n");
            own.ShouldNotContain("127.0.0.1");
            own.ShouldContain("\r\nUser-Agent: me\r\n");
            own.ShouldNotContain("Onrush/");
            own.ShouldContain("\r\nx-team: red\r\n");
            own.ShouldContain("\r\nX-More: ä\r\n");
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task The_same_plain_request_goes_out_whatever_came_between(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            var plain = await EchoAsync(client.GetAsync("/echo", keepBody: true));
            (await EchoAsync(client.GetAsync("/echo", keepBody: true))).ShouldBe(plain);

            (await EchoAsync(client.GetAsync("/echo", headers: [new("X-Once", "1")], keepBody: true))).ShouldContain("X-Once: 1");
            (await EchoAsync(client.GetAsync("/echo", keepBody: true))).ShouldBe(plain);

            (await EchoAsync(client.PostAsync("/echo", "text", keepBody: true))).ShouldStartWith("POST ");
            (await EchoAsync(client.GetAsync("/echo", keepBody: true))).ShouldBe(plain);

            (await EchoAsync(client.DeleteAsync("/echo", keepBody: true))).ShouldBe(plain.Replace("GET ", "DELETE ", StringComparison.Ordinal));
            (await EchoAsync(client.GetAsync("/echo?a=1", keepBody: true))).ShouldContain("/echo?a=1");
            (await EchoAsync(client.GetAsync("/echo", keepBody: true))).ShouldBe(plain);

            client.UseBearerToken("secret");
            (await EchoAsync(client.GetAsync("/echo", keepBody: true))).ShouldContain("Authorization: Bearer secret");
            client.Authorization = null;
            (await EchoAsync(client.GetAsync("/echo", keepBody: true))).ShouldBe(plain);

            client.SetCookie("cart", "7");
            (await EchoAsync(client.GetAsync("/echo", keepBody: true))).ShouldContain("Cookie: cart=7");
            client.ClearCookies();
            (await EchoAsync(client.GetAsync("/echo", keepBody: true))).ShouldBe(plain);
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_header_of_the_class_that_begins_with_x_is_replaced_too(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { Headers = [new("X-Team", "blue")] });

        var echoed = await harness.RunAsync(client => EchoAsync(client.GetAsync("/echo", headers: [new("X-Team", "red")], keepBody: true)));

        echoed.ShouldContain("\r\nX-Team: red\r\n");
        echoed.ShouldNotContain("blue");
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task What_would_break_out_of_its_line_is_refused_and_nothing_is_counted(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            Refuses<ArgumentException>(() => client.GetAsync("/", headers: [new("X-A", "1\r\nX-B: 2")]).AsTask());
            Refuses<ArgumentException>(() => client.GetAsync("/", headers: [new("X-A\r\nX-B", "1")]).AsTask());
            Refuses<ArgumentException>(() => client.GetAsync("/", headers: [new("", "1")]).AsTask());
            Refuses<ArgumentException>(() => client.GetAsync("/a\r\nX-B: 2").AsTask());
            Refuses<ArgumentException>(() => client.SendAsync("GE T", "/").AsTask());
            Refuses<ArgumentException>(() => client.SendAsync("", "/").AsTask());
            Refuses<ArgumentException>(() => client.SendAsync("GE\r\nT", "/", headers: [new("Host", "a")]).AsTask());
            Refuses<ArgumentException>(() => client.GetAsync("ftp://nowhere/").AsTask());
            Refuses<ArgumentException>(() => client.PostAsync("/", "text", json: 1).AsTask());
            Refuses<LoadTestException>(() => client.GetAsync("/", timeout: -1).AsTask());
            (await client.GetAsync("/fine")).StatusCode.ShouldBe(200);
        });

        (await harness.FinishAsync()).Started.ShouldBe(1);
        server.Counts.Received.ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_url_that_cannot_be_does_not_spoil_the_one_before_it(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);
        const string url = "/again";

        await harness.RunAsync(async client =>
        {
            (await client.GetAsync(url)).StatusCode.ShouldBe(200);
            Refuses<ArgumentException>(() => client.GetAsync("http://").AsTask());
            (await client.GetAsync(url)).StatusCode.ShouldBe(200);
        });

        server.Counts["/again"].Received.ShouldBe(2);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Query_and_name_are_apart(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        var line = await harness.RunAsync(client => EchoAsync(
            client.GetAsync("/echo?a=1#part", name: "grouped", query: [("b", "x y&z"), ("ü", "=")], keepBody: true)));

        line.ShouldStartWith("GET /echo?a=1&b=x%20y%26z&%C3%BC=%3D HTTP/1.1\r\n");
        (await harness.FinishAsync()).Single.Name.ShouldBe("grouped");
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task The_name_of_the_session_is_taken_where_the_call_gives_none(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            client.RequestName = "flow";
            await client.GetAsync("/1");
            await client.GetAsync("/2", name: "own");
            client.RequestName = null;
            await client.GetAsync("/3");
        });

        (await harness.FinishAsync()).Series.Select(s => s.Name).ShouldBe(["flow", "own", "/3"]);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Every_kind_of_body_arrives_with_its_type_and_length(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            await Expect(client.PostAsync("/echo/body", "grün", keepBody: true), "text/plain; charset=utf-8", "grün");
            await Expect(client.PostAsync("/echo/body", "abc"u8.ToArray(), keepBody: true), "application/octet-stream", "abc");
            await Expect(client.PostAsync("/echo/body", json: new { ItemId = 7, Name = "ü" }, keepBody: true), "application/json", """{"itemId":7,"name":"\u00FC"}""");
            await Expect(client.PostAsync("/echo/body", RequestBody.Form(("a", "1 2"), ("b&", "ä")), keepBody: true), "application/x-www-form-urlencoded", "a=1+2&b%26=%C3%A4");
            await Expect(client.PostAsync("/echo/body", "{}", headers: [new("Content-Type", "application/x-own")], keepBody: true), "application/x-own", "{}");

            (await EchoAsync(client.PostAsync("/echo", keepBody: true))).ShouldContain("\r\nContent-Length: 0\r\n");
            (await EchoAsync(client.GetAsync("/echo", keepBody: true))).ShouldNotContain("Content-Length");
            (await EchoAsync(client.DeleteAsync("/echo", "why", keepBody: true))).ShouldEndWith("Content-Length: 3\r\n\r\nwhy");
        });

        static async Task Expect(ValueTask<Response> call, string type, string text)
        {
            using var response = await call;
            response.Headers["content-type"].ShouldBe(type);
            Encoding.UTF8.GetString(response.Body.Span).ShouldBe(text);
        }
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Multipart_carries_fields_and_files(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        var echoed = await harness.RunAsync(client => EchoAsync(client.PostAsync(
            "/echo", RequestBody.Multipart(Part.Field("title", "hello"), Part.File("doc", "a.txt", "content"u8.ToArray())), keepBody: true)));

        echoed.ShouldContain("Content-Type: multipart/form-data; boundary=");
        echoed.ShouldContain("name=\"title\"\r\n\r\nhello\r\n");
        echoed.ShouldContain("name=\"doc\"; filename=\"a.txt\"\r\n");
        echoed.ShouldContain("\r\n\r\ncontent\r\n--");
    }

    private static void Refuses<T>(Func<Task> call)
        where T : Exception => Should.Throw<T>(() => { _ = call(); });

    private static async Task<string> EchoAsync(ValueTask<Response> call)
    {
        using var response = await call;
        response.Error.ShouldBeNull();
        return Encoding.UTF8.GetString(response.Body.Span);
    }
}
