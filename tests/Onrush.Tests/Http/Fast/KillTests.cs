using Onrush.Engine;
using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Hostile;
using Onrush.Testing.Targets.Tls;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

/// <summary>A user that is cut: what it had under way is counted once, as cancelled, and leaves nothing behind.</summary>
public sealed class KillTests
{
    public static MatrixTheoryData<string, string> Stages => new(
        Transports.All,
        ["never-accept", "never-answer", "close-when-idle", "length-too-long-then-silence", "body-without-end", "tls-never", "tls-slow"]);

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task A_request_cut_at_any_stage_is_cancelled_once(string transport, string stage)
    {
        await using var hostile = new HostileServer();
        await using var harness = new SessionHarness(transport, hostile[stage].Url);
        var running = harness.RunAsync(async client =>
        {
            await Should.ThrowAsync<OperationCanceledException>(async () =>
            {
                while (true)
                    await client.GetAsync("", name: "x");
            });
            await Should.ThrowAsync<OperationCanceledException>(async () => await client.GetAsync("", name: "after"));
            return true;
        });
        await harness.UntilInFlightAsync(1);

        // In the middle of something, wherever that is: the request has left or tries to.
        if (stage is "never-answer" or "length-too-long-then-silence" or "tls-never")
            await hostile[stage].Hanging.WaitAsync(LoopHarness.Deadline);
        await harness.InvokeAsync(harness.User.Kill);
        await running;

        var counts = await harness.FinishAsync();
        counts[Outcome.Cancelled].ShouldBe(1);
        counts.Started.ShouldBe(1 + counts[Outcome.Success]);
        counts.Failures.ShouldBeEmpty();
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_cut_user_with_many_requests_may_end_with_the_first_of_them(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);
        var running = harness.RunAsync(async client =>
        {
            var left = Enumerable.Range(0, 10).Select(i => client.GetAsync("/slow?ms=20000", name: "left").AsTask()).ToArray();
            await Should.ThrowAsync<OperationCanceledException>(async () => await client.GetAsync("/slow?ms=20000", name: "awaited"));
            ((IUserResource)client).Close();
            await Should.ThrowAsync<OperationCanceledException>(() => Task.WhenAll(left));
            return true;
        });
        await harness.UntilInFlightAsync(11);

        await harness.InvokeAsync(harness.User.Kill);
        await running;

        (await harness.FinishAsync())[Outcome.Cancelled].ShouldBe(11);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Draining_lets_responses_come_back_and_nothing_new_begin(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);
        var running = harness.RunAsync(async client =>
        {
            (await client.GetAsync("/slow?ms=300")).StatusCode.ShouldBe(200);
            await Should.ThrowAsync<OperationCanceledException>(async () => await client.GetAsync("/next"));
            return true;
        });
        await harness.UntilInFlightAsync(1);

        await harness.InvokeAsync(harness.User.Drain);
        await running;

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(1);
        server.Counts.Answered.ShouldBe(1);
        server.Counts["/next"].Received.ShouldBe(0);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task An_unjudged_response_is_judged_when_its_user_is_cut(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client => await client.GetAsync("/?status=500", catchResponse: true));
        await harness.InvokeAsync(harness.User.Kill);

        (await harness.FinishAsync())[Outcome.Status].ShouldBe(1);
    }

    public static MatrixTheoryData<string, bool> Both => new(Transports.All, [false, true]);

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Users_that_come_and_go_leave_no_socket_behind(string transport, bool tls)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sockets are counted in /proc.");
        using var authority = new TestAuthority();
        using var certificate = authority.SelfSigned();
        await using var server = CountingServer.Start(new CountingServerOptions { Certificate = tls ? certificate : null });
        for (var i = 0; i < 5; i++)
        {
            await using var harness = new SessionHarness(transport, server.Url, new SessionOptions { Insecure = true });
            var running = harness.RunAsync(async client =>
            {
                await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.GetAsync("/x").AsTask()));
                await Should.ThrowAsync<OperationCanceledException>(
                    () => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetAsync("/slow?ms=20000").AsTask())));
                return true;
            });
            await harness.UntilInFlightAsync(8);
            OpenSockets.To(server.Port).ShouldBeGreaterThan(0);
            await harness.InvokeAsync(harness.User.Kill);
            await running;
            await harness.FinishAsync();

            // The transport may need a moment after the close; what the user left open would stay for ever.
            var end = MonotonicClock.Now + (long)LoopHarness.Deadline.TotalNanoseconds;
            while (OpenSockets.To(server.Port) > 0 && MonotonicClock.Now < end)
                await Task.Delay(1, TestContext.Current.CancellationToken);
            OpenSockets.To(server.Port).ShouldBe(0);
        }
    }
}
