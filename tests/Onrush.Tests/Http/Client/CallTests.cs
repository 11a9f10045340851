using System.Text;
using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Client;

/// <summary>What goes out is what the call said, as with the fast client.</summary>
public sealed class CallTests
{
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Every_verb_arrives_and_is_counted_under_its_own_name(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            (await EchoAsync(client.GetAsync("/echo", keepBody: true))).ShouldStartWith("GET /echo HTTP/1.1\r\n");
            (await EchoAsync(client.PostAsync("/echo", "x", keepBody: true))).ShouldStartWith("POST /echo HTTP/1.1\r\n");
            (await EchoAsync(client.PutAsync("/echo", "x", keepBody: true))).ShouldStartWith("PUT /echo HTTP/1.1\r\n");
            (await EchoAsync(client.PatchAsync("/echo", "x", keepBody: true))).ShouldStartWith("PATCH /echo HTTP/1.1\r\n");
            (await EchoAsync(client.DeleteAsync("/echo", keepBody: true))).ShouldStartWith("DELETE /echo HTTP/1.1\r\n");
            (await EchoAsync(client.OptionsAsync("/echo", keepBody: true))).ShouldStartWith("OPTIONS /echo HTTP/1.1\r\n");
            (await EchoAsync(client.SendAsync("REPORT", "/echo", keepBody: true))).ShouldStartWith("REPORT /echo HTTP/1.1\r\n");
            using var head = await client.HeadAsync("/echo", keepBody: true);
            head.StatusCode.ShouldBe(200);
            head.Body.Length.ShouldBe(0);
        });

        var counts = await harness.FinishAsync();
        counts.Series.Select(s => s.Method).Order().ShouldBe(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "REPORT"]);
        counts[Outcome.Success].ShouldBe(8);
        server.Counts["/echo"].Received.ShouldBe(8);
        server.Connections.ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Headers_of_the_call_replace_those_of_the_class_and_the_defaults(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(
            transport, server.Url, new SessionOptions { Headers = [new("X-Team", "blue"), new("Accept", "text/plain")] });

        await harness.RunAsync(async client =>
        {
            var plain = await EchoAsync(client.GetAsync("/echo", keepBody: true));
            plain.ShouldContain($"\r\nHost: 127.0.0.1:{server.Port}\r\n");
            plain.ShouldContain("\r\nX-Team: blue\r\n");
            plain.ShouldContain("\r\nAccept: text/plain\r\n");
            plain.ShouldContain("\r\nAccept-Encoding: gzip, deflate, br\r\n");
            plain.ShouldContain("\r\nUser-Agent: Onrush/");
            plain.ShouldNotContain("traceparent", Case.Insensitive);

            var own = await EchoAsync(client.GetAsync(
                "/echo", headers: [new("User-Agent", "me"), new("Host", "shop.test"), new("X-More", "ä"), new("Content-Language", "de")], keepBody: true));
            own.ShouldContain("\r\nHost: shop.test\r\n");
            own.ShouldNotContain("127.0.0.1");
            own.ShouldContain("\r\nUser-Agent: me\r\n");
            own.ShouldNotContain("Onrush/");
            own.ShouldContain("\r\nX-More: ä\r\n");
            own.ShouldContain("\r\nContent-Language: de\r\n");
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task What_cannot_be_sent_is_refused_and_not_counted(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            Refuses(() => client.GetAsync("/", headers: [new("X-A", "1\r\nX-B: 2")]).AsTask());
            Refuses(() => client.GetAsync("/a\r\nX-B: 2").AsTask());
            Refuses(() => client.SendAsync("GE T", "/").AsTask());
            Refuses(() => client.GetAsync("ftp://nowhere/").AsTask());
            (await client.GetAsync("/fine")).StatusCode.ShouldBe(200);
        });

        (await harness.FinishAsync()).Started.ShouldBe(1);
        server.Counts.Received.ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task The_path_goes_out_as_the_fast_client_writes_it_and_the_name_groups(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        var lines = await harness.RunAsync(async client => new[]
        {
            await EchoAsync(client.GetAsync("/echo?a=1#part", name: "grouped", query: [("b", "x y&z"), ("ü", "=")], keepBody: true)),
            await EchoAsync(client.GetAsync("/echo?p=/a/../b/%2e%41//", name: "grouped", keepBody: true)),
        });

        lines[0].ShouldStartWith("GET /echo?a=1&b=x%20y%26z&%C3%BC=%3D HTTP/1.1\r\n");
        lines[1].ShouldStartWith("GET /echo?p=/a/../b/%2e%41// HTTP/1.1\r\n");
        (await harness.FinishAsync()).Single.Name.ShouldBe("grouped");
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Every_kind_of_body_arrives_with_its_type_and_length(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            await Expect(client.PostAsync("/echo/body", "grün", keepBody: true), "text/plain; charset=utf-8", "grün");
            await Expect(client.PostAsync("/echo/body", "abc"u8.ToArray(), keepBody: true), "application/octet-stream", "abc");
            await Expect(client.PostAsync("/echo/body", json: new { ItemId = 7 }, keepBody: true), "application/json", """{"itemId":7}""");
            await Expect(client.PostAsync("/echo/body", RequestBody.Form(("a", "1 2")), keepBody: true), "application/x-www-form-urlencoded", "a=1+2");
            await Expect(client.PostAsync("/echo/body", "{}", headers: [new("Content-Type", "application/x-own")], keepBody: true), "application/x-own", "{}");
            (await EchoAsync(client.PostAsync(
                "/echo", RequestBody.Multipart(Part.Field("title", "hello"), Part.File("doc", "a.txt", "content"u8.ToArray())), keepBody: true)))
                .ShouldContain("\r\n\r\ncontent\r\n--");

            (await EchoAsync(client.PostAsync("/echo", keepBody: true))).ShouldContain("\r\nContent-Length: 0\r\n");
            (await EchoAsync(client.GetAsync("/echo", keepBody: true))).ShouldNotContain("Content-Length");
            (await EchoAsync(client.DeleteAsync("/echo", "why", keepBody: true))).ShouldEndWith("\r\n\r\nwhy");
        });

        server.Connections.ShouldBe(1);

        static async Task Expect(ValueTask<Response> call, string type, string text)
        {
            using var response = await call;
            response.Headers["content-type"].ShouldBe(type);
            response.Text.ShouldBe(text);
        }
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Credentials_go_along_where_they_belong(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            (await client.GetAsync($"http://user:password@127.0.0.1:{server.Port}/auth/basic", name: "url")).StatusCode.ShouldBe(200);
            client.UseBearerToken("token");
            (await client.GetAsync("/auth/bearer")).StatusCode.ShouldBe(200);
            client.UseBasicAuth("user", "password");
            (await client.GetAsync("/auth/basic")).StatusCode.ShouldBe(200);
            (await client.GetAsync("/auth/basic", headers: [new("Authorization", "Basic no")])).StatusCode.ShouldBe(401);
        });

        (await harness.FinishAsync())[Outcome.Status].ShouldBe(1);
    }

    private static void Refuses(Func<Task> call) => Should.Throw<ArgumentException>(() => { _ = call(); });

    private static async Task<string> EchoAsync(ValueTask<Response> call)
    {
        using var response = await call;
        response.Error.ShouldBeNull();
        return Encoding.UTF8.GetString(response.Body.Span);
    }
}
