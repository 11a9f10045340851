using System.Net;
using System.Net.Security;
using System.Text;
using Onrush.Http.Fast;
using Onrush.Measurement;
using Onrush.Testing.Targets.Net;
using Onrush.Testing.Targets.Tls;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

/// <summary>Where TLS records begin and end, and what of them arrives together, changes nothing.</summary>
public sealed class TlsRecordTests
{
    private const string Body = "0123456789";
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + Body;

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Many_records_in_one_arrival_are_one_response(string transport) =>
        await AnswersAsync(transport, async (tls, gathering) =>
        {
            await WriteRecordsAsync(tls, Answer, 1);
            await gathering.LetGoAsync(gathering.Held);
        });

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Each_record_may_come_alone(string transport) =>
        await AnswersAsync(transport, async (tls, gathering) =>
        {
            foreach (var piece in Answer.Chunk(7))
            {
                await tls.WriteAsync(Encoding.Latin1.GetBytes(piece));
                await gathering.LetGoAsync(gathering.Held);
                await Task.Yield();
            }
        });

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_record_may_come_byte_by_byte(string transport) =>
        await AnswersAsync(transport, async (tls, gathering) =>
        {
            await WriteRecordsAsync(tls, Answer, Answer.Length);
            while (gathering.Held > 0)
            {
                await gathering.LetGoAsync(1);
                await Task.Yield();
            }
        });

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Records_may_be_cut_anywhere_between_arrivals(string transport) =>
        await AnswersAsync(transport, async (tls, gathering) =>
        {
            await WriteRecordsAsync(tls, Answer, 11);
            while (gathering.Held > 0)
            {
                await gathering.LetGoAsync(Math.Min(gathering.Held, 29));
                await Task.Yield();
            }
        });

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_body_longer_than_any_buffer_comes_through(string transport)
    {
        var body = new string('x', 300_000);
        await AnswersAsync(
            transport,
            async (tls, gathering) =>
            {
                await WriteRecordsAsync(tls, $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}", 5_000);
                await gathering.LetGoAsync(gathering.Held);
            },
            body);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task The_end_of_the_session_right_behind_a_response_ends_the_connection_and_nothing_else(string transport)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.SelfSigned();
        var ended = new SemaphoreSlim(0);
        await using var server = Serve(certificate, async (connection, tls, gathering) =>
        {
            await connection.ReadRequestAsync();
            await AnswerAndEndAsync(tls, gathering);
            connection.Shutdown();
            ended.Release();
        });
        await using var harness = new SessionHarness(transport, Url(server), new SessionOptions { Insecure = true });

        for (var i = 0; i < 3; i++)
        {
            await harness.RunAsync(async client =>
            {
                using var response = await client.GetAsync("/x", keepBody: true);
                response.Error.ShouldBeNull();
                response.Text.ShouldBe(Body);
            });
            await ended.WaitAsync(TestContext.Current.CancellationToken);
        }

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(3);
        server.Accepted.ShouldBe(3);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task The_next_request_takes_another_connection_where_the_session_ended_and_the_socket_stayed_open(string transport)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.SelfSigned();
        await using var server = Serve(certificate, async (connection, tls, gathering) =>
        {
            await connection.ReadRequestAsync();
            await AnswerAndEndAsync(tls, gathering);
            await Task.Delay(Timeout.Infinite, connection.Closing);
        });
        await using var harness = new SessionHarness(transport, Url(server), new SessionOptions { Insecure = true });

        await harness.RunAsync(async client =>
        {
            for (var i = 0; i < 3; i++)
            {
                using var response = await client.GetAsync("/x", keepBody: true);
                response.Error.ShouldBeNull();
                response.Text.ShouldBe(Body);
            }
        });

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(3);
        server.Accepted.ShouldBe(3);
    }

    [Fact]
    public void Records_are_counted_wherever_the_bytes_are_cut()
    {
        byte[] bytes = [22, 3, 3, 0, 3, 1, 2, 3, 23, 3, 3, 0, 0, 23, 3, 3, 1, 2, .. new byte[258], 21, 3];
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var count = new TlsRecordCount();
            count.Add(bytes.AsSpan(0, cut));
            count.Add(bytes.AsSpan(cut));
            count.Whole.ShouldBe(3);
            count.Whole = 0;
            count.Add([3, 0, 1]);
            count.Whole.ShouldBe(0);
            count.Add([9]);
            count.Whole.ShouldBe(1);
        }
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task What_follows_a_response_is_taken_for_no_other(string transport)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.SelfSigned();
        await using var server = Serve(certificate, async (connection, tls, gathering) =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                // More than the session's own buffer holds, so that some of it is left where it arrived.
                await WriteRecordsAsync(tls, Answer + new string('?', 60_000), Answer.Length);
                await gathering.LetGoAsync(gathering.Held);
            }
        });
        await using var harness = new SessionHarness(transport, Url(server), new SessionOptions { Insecure = true });

        await harness.RunAsync(async client =>
        {
            using (var first = await client.GetAsync("/x", keepBody: true))
                first.Text.ShouldBe(Body);

            using var second = await client.GetAsync("/x", keepBody: true);
            if (second.Error is null)
                second.Text.ShouldBe(Body);
            else
                second.Error.ShouldContain("not an HTTP");
        });
    }

    private static Uri Url(TargetListener server) => new($"https://localhost:{server.EndPoint.Port}");

    /// <summary>Ten requests, each answered as the script says, over one connection.</summary>
    private static async Task AnswersAsync(string transport, Func<SslStream, GatheringStream, Task> answer, string body = Body)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.SelfSigned();
        await using var server = Serve(certificate, async (connection, tls, gathering) =>
        {
            while (await connection.ReadRequestAsync() is not null)
                await answer(tls, gathering);
        });
        await using var harness = new SessionHarness(transport, Url(server), new SessionOptions { Insecure = true });

        await harness.RunAsync(async client =>
        {
            for (var i = 0; i < 10; i++)
            {
                using var response = await client.GetAsync("/x", keepBody: true);
                response.Error.ShouldBeNull();
                response.Text.ShouldBe(body);
            }
        });

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(10);
        server.Accepted.ShouldBe(1);
    }

    /// <summary>A target that decides itself what of its records arrives together, from the end of the handshake on.</summary>
    private static TargetListener Serve(ServerCertificate certificate, Func<TargetConnection, SslStream, GatheringStream, Task> serve) =>
        new(new IPEndPoint(IPAddress.Loopback, 0), async connection =>
        {
            GatheringStream? gathering = null;
            await connection.HandshakeAsync(certificate, inner => gathering = new GatheringStream(inner));
            gathering!.Hold();
            await serve(connection, (SslStream)connection.Stream, gathering);
        });

    /// <summary>The answer and the end of the session in one arrival.</summary>
    private static async Task AnswerAndEndAsync(SslStream tls, GatheringStream gathering)
    {
        await WriteRecordsAsync(tls, Answer, Answer.Length);
        await tls.ShutdownAsync();
        await gathering.LetGoAsync(gathering.Held);
    }

    private static async Task WriteRecordsAsync(SslStream tls, string text, int length)
    {
        foreach (var record in text.Chunk(length))
            await tls.WriteAsync(Encoding.Latin1.GetBytes(record));
    }
}
