using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Tls;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

/// <summary>Bodies that are larger than any buffer, or that are read while they are sent.</summary>
public sealed class UploadTests
{
    private const int TenMegabytes = 10 << 20;

    public static MatrixTheoryData<string, bool> Both => new(Transports.All, [false, true]);

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Ten_megabytes_go_out_and_come_back_unharmed(string transport, bool tls)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Valid();
        await using var server = CountingServer.Start(new CountingServerOptions { Certificate = tls ? certificate : null });
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { Insecure = tls });
        var body = new byte[TenMegabytes];
        new Random(1).NextBytes(body);

        await harness.RunAsync(async client =>
        {
            using var response = await client.PostAsync("/echo/body", body, keepBody: true);
            response.Error.ShouldBeNull();
            response.ContentLength.ShouldBe(TenMegabytes);
            response.Body.Span.SequenceEqual(body).ShouldBeTrue();
        });

        var single = (await harness.FinishAsync()).Single;
        single.BytesSent.ShouldBeInRange(TenMegabytes + 50, TenMegabytes + 1000);
        single.BytesReceived.ShouldBeInRange(TenMegabytes + 50, TenMegabytes + 1000);
        single.ContentLength.ShouldBe(TenMegabytes);
    }

    public static MatrixTheoryData<string, bool, bool> Streams => new(Transports.All, [false, true], [false, true]);

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task A_stream_is_sent_piece_by_piece(string transport, bool tls, bool knownLength)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Valid();
        await using var server = CountingServer.Start(new CountingServerOptions { Certificate = tls ? certificate : null });
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { Insecure = tls });
        var body = new byte[300_000];
        new Random(2).NextBytes(body);

        await harness.RunAsync(async client =>
        {
            for (var i = 0; i < 2; i++)
            {
                using var response = await client.PostAsync("/echo/body", RequestBody.Stream(new SlowStream(body, knownLength)), keepBody: true);
                response.Error.ShouldBeNull();
                response.Body.Span.SequenceEqual(body).ShouldBeTrue();
            }
        });

        var single = (await harness.FinishAsync()).Single;
        single.Outcomes[(int)Outcome.Success].ShouldBe(2);
        single.BytesSent.ShouldBeInRange(600_000, 603_000);
        server.Connections.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_stream_that_fails_is_a_failure_to_send_and_the_user_goes_on(string transport, bool tls)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Valid();
        await using var server = CountingServer.Start(new CountingServerOptions { Certificate = tls ? certificate : null });
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { Insecure = tls });

        await harness.RunAsync(async client =>
        {
            var response = await client.PostAsync("/upload", RequestBody.Stream(new SlowStream(new byte[100_000], known: true) { FailsAt = 50_000 }));
            response.StatusCode.ShouldBe(0);
            response.Error!.ShouldContain("disk on fire");
            (await client.GetAsync("/next")).StatusCode.ShouldBe(200);
        });

        var counts = await harness.FinishAsync();
        counts[Outcome.Send].ShouldBe(1);
        counts[Outcome.Success].ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_stream_that_throws_something_odd_is_a_failure_to_send_too(string transport, bool tls)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Valid();
        await using var server = CountingServer.Start(new CountingServerOptions { Certificate = tls ? certificate : null });
        await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { Insecure = tls });

        await harness.RunAsync(async client =>
        {
            var response = await client.PostAsync("/upload", RequestBody.Stream(new SlowStream(new byte[100_000], known: true) { FailsAt = 50_000, Failure = new FormatException("odd") }));
            response.Error!.ShouldContain("odd");
        });

        await harness.FinishWithAsync(Outcome.Send);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task An_answer_that_comes_before_the_body_is_sent_ends_the_request_and_the_connection(string transport)
    {
        using var target = new EarlyAnswer();
        await using var harness = new SessionHarness(transport, target.Url);

        await harness.RunAsync(async client =>
        {
            using var response = await client.PostAsync("/", new byte[32 << 20], name: "early", keepBody: true);
            response.StatusCode.ShouldBe(413);
            (await client.GetAsync("/", name: "next")).StatusCode.ShouldBe(413);
        });

        var counts = await harness.FinishAsync();
        counts[Outcome.Status].ShouldBe(2);
        target.Connections.ShouldBe(2);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_target_that_does_not_read_ends_in_a_timeout(string transport)
    {
        using var target = new EarlyAnswer { Answers = false };
        await using var harness = new SessionHarness(transport, target.Url, new SessionOptions { RequestTimeout = 0.5 });

        await harness.RunAsync(async client => (await client.PostAsync("/", new byte[32 << 20])).StatusCode.ShouldBe(0));

        (await harness.FinishWithAsync(Outcome.ReadTimeout)).Message.ShouldContain("0.5 s");
    }
}
