using System.Net;
using System.Net.Sockets;
using Onrush.Engine;
using Onrush.Testing.Targets.Counting;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

/// <summary>When an answer came, and that its end is noticed.</summary>
public sealed class ArrivalTests
{
    [Fact]
    public async Task A_step_back_of_the_wall_clock_makes_no_answer_older_than_its_request()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Receive timestamps are Linux only.");
        await using var server = CountingServer.Start(new CountingServerOptions());
        await using var harness = new SessionHarness(Transports.Epoll, server.Url);
        var loop = (EpollLoop)harness.Loop;

        await harness.RunAsync(async client =>
        {
            for (var i = 0; i < 20; i++)
            {
                loop.WallToMonotonicNs -= 10 * MonotonicClock.Second;
                (await client.GetAsync("/hello?ms=5")).ResponseTime.ShouldBeGreaterThan(4);
            }
        });
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task An_answer_and_its_end_that_come_together_with_the_connection_are_read(string transport)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var ended = new ManualResetEventSlim();
        Socket? accepted = null;
        var server = Task.Run(async () =>
        {
            accepted = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
            await accepted.SendAsync("HTTP/1.0 200 OK\r\n\r\nall there is"u8.ToArray(), TestContext.Current.CancellationToken);
            accepted.Shutdown(SocketShutdown.Send);
            ended.Set();
        }, TestContext.Current.CancellationToken);
        await using var harness = new SessionHarness(transport, new Uri($"http://{listener.LocalEndpoint}"), new SessionOptions { RequestTimeout = 3 });

        await harness.RunAsync(async client =>
        {
            var running = client.GetAsync("/", keepBody: true);

            // The loop sees nothing of the connection before it is over.
            ended.Wait(LoopHarness.Deadline).ShouldBeTrue();
            using var response = await running;
            response.Error.ShouldBeNull();
            response.Text.ShouldBe("all there is");
        });

        await server;
        accepted!.Dispose();
    }
}
