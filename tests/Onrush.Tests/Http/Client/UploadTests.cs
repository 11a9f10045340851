using System.Net;
using System.Net.Sockets;
using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Tls;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Client;

/// <summary>Bodies that are larger than any buffer, or that are read while they are sent.</summary>
public sealed class UploadTests
{
    public static MatrixTheoryData<string, bool> Both => new(Transports.All, [false, true]);

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_large_body_goes_out_and_comes_back_unharmed(string transport, bool tls)
    {
        const int size = 10 << 20;
        using var authority = new TestAuthority();
        using var certificate = authority.Valid();
        await using var server = CountingServer.Start(new CountingServerOptions { Certificate = tls ? certificate : null });
        await using var harness = ClientHarness.Start(transport, server.Url, new SessionOptions { Insecure = tls });
        var body = new byte[size];
        new Random(1).NextBytes(body);

        await harness.RunAsync(async client =>
        {
            for (var i = 0; i < 2; i++)
            {
                using var response = await client.PostAsync("/echo/body", body, keepBody: true);
                response.Error.ShouldBeNull();
                response.Body.Span.SequenceEqual(body).ShouldBeTrue();
            }
        });

        var single = (await harness.FinishAsync()).Single;
        single.BytesSent.ShouldBeInRange(2 * size + 100, 2 * size + 2000);
        single.BytesReceived.ShouldBeInRange(2 * size + 100, 2 * size + 2000);
        server.Connections.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_stream_is_sent_with_its_length_or_in_chunks_and_again_on_a_redirect(string transport, bool seekable)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);
        var body = new byte[100_000];
        new Random(2).NextBytes(body);

        await harness.RunAsync(async client =>
        {
            using (var response = await client.PostAsync("/echo/body", RequestBody.Stream(new PipeStream(body, seekable)), keepBody: true))
            {
                response.Error.ShouldBeNull();
                response.Body.Span.SequenceEqual(body).ShouldBeTrue();
            }

            using (var echo = await client.PostAsync("/echo", RequestBody.Stream(new PipeStream(body[..10], seekable)), keepBody: true))
                echo.Text.ShouldContain(seekable ? "Content-Length: 10\r\n" : "Transfer-Encoding: chunked\r\n");

            using var moved = await client.PostAsync("/redirect/to?status=307&url=/echo/body", RequestBody.Stream(new PipeStream(body, seekable)), keepBody: true);
            if (seekable)
                moved.Body.Span.SequenceEqual(body).ShouldBeTrue();
            else
                moved.Error.ShouldBe("redirect to an impossible location: the body's stream cannot be sent again");
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_stream_that_fails_is_a_failure_to_send_and_the_user_goes_on(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = ClientHarness.Start(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            var response = await client.PostAsync("/upload", RequestBody.Stream(new PipeStream(new byte[100_000], true) { FailsAt = 50_000 }));
            response.Error.ShouldBe("the body could not be read: disk on fire");
            (await client.GetAsync("/next")).StatusCode.ShouldBe(200);
        });

        var counts = await harness.FinishAsync();
        counts[Outcome.Send].ShouldBe(1);
        counts[Outcome.Success].ShouldBe(1);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task An_answer_that_comes_before_the_body_is_sent_ends_the_request_and_the_connection(string transport)
    {
        using var target = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        var sockets = new List<Socket>();
        var answering = AnswerAsync(2);
        await using var harness = ClientHarness.Start(transport, new Uri($"http://{target.LocalEndpoint}"));

        await harness.RunAsync(async client =>
        {
            using (var response = await client.PostAsync("/", new byte[32 << 20], name: "early", keepBody: true))
                response.StatusCode.ShouldBe(413, $"{response.Error} {response.Phases}");
            (await client.GetAsync("/", name: "next")).StatusCode.ShouldBe(413);
        });

        await answering;
        (await harness.FinishAsync())[Outcome.Status].ShouldBe(2);
        sockets.ForEach(static socket => socket.Dispose());

        async Task AnswerAsync(int connections)
        {
            while (sockets.Count < connections)
            {
                var socket = await target.AcceptSocketAsync();
                sockets.Add(socket);
                await socket.ReceiveAsync(new byte[512]);
                await socket.SendAsync("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno"u8.ToArray());
            }
        }
    }

    /// <summary>A stream that gives small pieces, each only after others had their turn.</summary>
    private sealed class PipeStream(byte[] content, bool seekable) : MemoryStream(content)
    {
        public int FailsAt { get; init; } = int.MaxValue;

        public override bool CanSeek => seekable;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            if (Position >= FailsAt)
                throw new IOException("disk on fire");
            return Read(buffer.Span[..Math.Min(buffer.Length, 7000)]);
        }
    }
}
