using System.Text;
using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

/// <summary>What the load test can read of a response, and how it judges one.</summary>
public sealed class ResponseTests
{
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_body_is_discarded_unless_it_is_asked_for(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            var plain = await client.GetAsync("/?size=1000");
            plain.IsSuccess.ShouldBeTrue();
            plain.ContentLength.ShouldBe(1000);
            plain.ResponseTime.ShouldBeGreaterThan(0);
            Should.Throw<InvalidOperationException>(() => plain.Body);
            Should.Throw<InvalidOperationException>(() => plain.Text);
            Should.Throw<InvalidOperationException>(() => plain.Headers);
            Should.Throw<InvalidOperationException>(plain.Success);

            var kept = await client.GetAsync("/?size=1000", keepBody: true);
            kept.Body.Length.ShouldBe(1000);
            kept.Headers["content-TYPE"].ShouldBe("text/plain");
            kept.Headers["absent"].ShouldBeNull();
            Should.Throw<InvalidOperationException>(() => kept.Failure("x"));
            kept.Dispose();
            kept.Dispose();
            Should.Throw<InvalidOperationException>(() => kept.Body);
            kept.StatusCode.ShouldBe(200);
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_response_that_is_gone_never_shows_what_belongs_to_the_next(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            var first = await client.GetAsync("/?size=1");
            using var second = await client.GetAsync("/?size=2&status=500", catchResponse: true);
            Should.Throw<InvalidOperationException>(() => first.Phases);
            Should.Throw<InvalidOperationException>(first.Success);
            first.Dispose();
            first.Error.ShouldBeNull();
            second.Text.ShouldBe("ab");
            second.Error.ShouldBe("500 Internal Server Error");
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task The_load_test_judges_until_it_lets_the_response_go(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            using (var response = await client.GetAsync("/?status=500", name: "a", catchResponse: true))
                response.Success();
            using (var response = await client.GetAsync("/", name: "b", catchResponse: true))
                response.Failure("not what I wanted");
            using (var response = await client.GetAsync("/?status=404", name: "c", catchResponse: true))
            {
            }

            var twice = await client.GetAsync("/", name: "d", catchResponse: true);
            twice.Failure("no");
            twice.Success();
            twice.Dispose();
            Should.Throw<InvalidOperationException>(() => twice.Failure("too late"));
            await client.GetAsync("/", name: "e", catchResponse: true);
        });
        (await harness.InvokeAsync(() => harness.Loop.InFlight.Count)).ShouldBe(1);

        var counts = await harness.FinishAsync();
        counts[Outcome.Success].ShouldBe(3);
        counts.Failures.Select(f => (f.Name, f.Outcome, f.Message)).ShouldBe(
            [("b", Outcome.Check, "not what I wanted"), ("c", Outcome.Status, "404 Not Found")], ignoreOrder: true);
        harness.Loop.InFlight.Count.ShouldBe(0);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_judgement_on_another_thread_reaches_the_loop(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            for (var i = 0; i < 50; i++)
            {
                using var response = await client.GetAsync("/", catchResponse: true);
                await Task.Run(() =>
                {
                    harness.Loop.IsCurrent.ShouldBeFalse();
                    response.Failure("elsewhere");
                    response.Dispose();
                }).ConfigureAwait(false);
            }
        });

        var counts = await harness.FinishAsync();
        counts[Outcome.Check].ShouldBe(50);
        counts.Failures.ShouldHaveSingleItem().Count.ShouldBe(50);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Json_and_text_are_read_as_the_response_says(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            using var json = await client.PostAsync("/echo/body", json: new { ItemId = 7 }, keepBody: true);
            json.Json<Item>()!.ItemId.ShouldBe(7);
            Should.Throw<System.Text.Json.JsonException>(() => json.Json<int[]>());

            await ExpectText("text/plain; charset=iso-8859-1", Encoding.Latin1.GetBytes("grün"), "grün");
            await ExpectText("text/plain; charset=\"utf-8\"", Encoding.UTF8.GetBytes("grün"), "grün");
            await ExpectText("text/plain; charset=klingon", Encoding.UTF8.GetBytes("grün"), "grün");
            await ExpectText("text/plain; charset=", Encoding.UTF8.GetBytes("grün"), "grün");

            async Task ExpectText(string type, byte[] bytes, string text)
            {
                using var response = await client.PostAsync("/echo/body", RequestBody.Bytes(bytes, type), keepBody: true);
                response.Text.ShouldBe(text);
            }
        });
    }

    public static MatrixTheoryData<string, string> Codings => new(Transports.All, ["gzip", "deflate", "raw-deflate", "br"]);

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task A_compressed_body_is_decoded_and_its_length_is_that_on_the_wire(string transport, string coding)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            using var response = await client.GetAsync($"/encoded/{coding}?size=100000", keepBody: true);
            response.Body.Length.ShouldBe(100_000);
            response.Text[..26].ShouldBe("abcdefghijklmnopqrstuvwxyz");
            response.ContentLength.ShouldBeLessThan(10_000);
            (await client.GetAsync($"/encoded/{coding}?size=100000")).ContentLength.ShouldBe(response.ContentLength);
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Every_way_to_end_a_body_gives_the_same_body(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            foreach (var (url, size) in ((string, int)[])[
                ("/?size=5000", 5000), ("/chunked?size=5000&chunk=7&extension=x=1&trailers=1", 5000), ("/close?size=5000", 5000), ("/http10?size=5000", 5000),
                ("/http10/keep-alive?size=50", 50), ("/drip?size=200&piece=3&pause=0", 200), ("/?size=0", 0), ("/chunked?size=0", 0), ("/?size=5000000", 5_000_000)])
            {
                using var response = await client.GetAsync(url, keepBody: true);
                response.StatusCode.ShouldBe(200, url);
                response.Body.Length.ShouldBe(size, url);
                for (var i = 0; i < size; i += 97)
                    response.Body.Span[i].ShouldBe((byte)('a' + i % 26));
                (await client.GetAsync(url)).ContentLength.ShouldBe(size);
            }
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Responses_without_a_body_and_interim_ones_leave_the_connection_usable(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            (await client.GetAsync("/status/204")).StatusCode.ShouldBe(204);
            (await client.GetAsync("/status/304")).StatusCode.ShouldBe(304);
            (await client.HeadAsync("/?size=1000")).StatusCode.ShouldBe(200);
            using (var interim = await client.GetAsync("/interim/5", keepBody: true))
                interim.Text.ShouldBe("after the interim");
            (await client.GetAsync("/interim/1?status=100")).StatusCode.ShouldBe(200);
            using (var bare = await client.GetAsync("/bare-lf", keepBody: true))
                bare.Text.ShouldBe("bare line feeds");
            using (var last = await client.GetAsync("/", keepBody: true))
                last.Text.Length.ShouldBe(35);
        });

        server.Connections.ShouldBe(1);
    }

    private sealed record Item(int ItemId);
}
