using System.Text;
using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

public sealed class VerbTests
{
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Every_verb_arrives_as_it_was_called_and_is_counted_under_its_own_name(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            (await Line(client.GetAsync("/echo", keepBody: true))).ShouldBe("GET /echo HTTP/1.1");
            (await Line(client.PostAsync("/echo", "x", keepBody: true))).ShouldBe("POST /echo HTTP/1.1");
            (await Line(client.PutAsync("/echo", "x", keepBody: true))).ShouldBe("PUT /echo HTTP/1.1");
            (await Line(client.PatchAsync("/echo", "x", keepBody: true))).ShouldBe("PATCH /echo HTTP/1.1");
            (await Line(client.DeleteAsync("/echo", keepBody: true))).ShouldBe("DELETE /echo HTTP/1.1");
            (await Line(client.OptionsAsync("/echo", keepBody: true))).ShouldBe("OPTIONS /echo HTTP/1.1");
            (await Line(client.SendAsync("REPORT", "/echo", keepBody: true))).ShouldBe("REPORT /echo HTTP/1.1");
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

    private static async Task<string> Line(ValueTask<Response> call)
    {
        using var response = await call;
        return Encoding.Latin1.GetString(response.Body.Span).Split("\r\n")[0];
    }
}
