using Onrush.Testing.Targets.Counting;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

/// <summary>What the pieces of a body must not do to the loop's stack and to other requests.</summary>
public sealed class UploadPieceTests
{
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_stream_that_is_always_ready_does_not_go_deeper_with_every_piece(string transport)
    {
        await using var server = CountingServer.Start(new CountingServerOptions());
        await using var harness = new SessionHarness(transport, server.Url);
        var stream = new PieceStream(4 << 20);

        await harness.RunAsync(async client => (await client.PostAsync("/upload", RequestBody.Stream(stream))).StatusCode.ShouldBe(200));

        stream.Depths.Count.ShouldBeGreaterThan(200);
        (stream.Depths.Max() - stream.Depths.Min()).ShouldBeLessThan(40);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_piece_that_comes_after_the_answer_leaves_the_next_request_alone(string transport)
    {
        using var early = new EarlyAnswer();
        await using var server = CountingServer.Start(new CountingServerOptions());
        await using var harness = new SessionHarness(transport, server.Url);
        var gate = new TaskCompletionSource();

        await harness.RunAsync(async client =>
        {
            var stream = new PieceStream(100_000) { Gate = gate.Task };
            (await client.PostAsync(early.Url.OriginalString, RequestBody.Stream(stream), name: "early")).StatusCode.ShouldBe(413);
            var next = client.GetAsync("/hello?ms=100", name: "next");
            gate.SetResult();
            (await next).StatusCode.ShouldBe(200);
            (await client.GetAsync("/last")).StatusCode.ShouldBe(200);
        });

        await harness.FinishAsync();
        server.Connections.ShouldBe(1);
    }
}
