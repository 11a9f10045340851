using Onrush.Measurement;
using Onrush.Testing.Targets.Counting;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

/// <summary>User code that has left its loop.</summary>
public sealed class ForeignThreadTests
{
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Calls_from_other_threads_are_carried_out_on_the_loop(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                using var response = await harness.Client.GetAsync($"/echo?n={n}", name: "foreign", headers: [new("X-N", $"{n}")], keepBody: true).ConfigureAwait(false);
                response.Text.ShouldContain($"X-N: {n}");
            }
        }))).WaitAsync(LoopHarness.Deadline, TestContext.Current.CancellationToken);

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(400);
        server.Counts.Received.ShouldBe(400);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task Code_that_came_back_on_another_thread_goes_on(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            for (var i = 0; i < 20; i++)
            {
                await Task.Run(static () => { }).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                harness.Loop.IsCurrent.ShouldBeFalse();
                (await client.PostAsync("/x", "body")).StatusCode.ShouldBe(200);
            }
        });

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(20);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task A_request_begun_on_the_loop_may_be_awaited_elsewhere(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            for (var i = 0; i < 100; i++)
            {
                // Sometimes complete before it is awaited there, sometimes not.
                var begun = client.GetAsync(i % 2 == 0 ? "/quick" : "/slow?ms=2").Preserve();
                var status = await Task.Run(async () => (await begun).StatusCode);
                status.ShouldBe(200);
                harness.Loop.IsCurrent.ShouldBeTrue();
            }
        });

        (await harness.FinishAsync())[Outcome.Success].ShouldBe(100);
    }

    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task An_ordinary_await_comes_back_to_the_loop(string transport)
    {
        await using var server = CountingServer.Start();
        await using var harness = new SessionHarness(transport, server.Url);

        await harness.RunAsync(async client =>
        {
            await Task.Run(static () => { });
            harness.Loop.IsCurrent.ShouldBeTrue();
            await client.GetAsync("/");
            harness.Loop.IsCurrent.ShouldBeTrue();
            await Task.Yield();
            harness.Loop.IsCurrent.ShouldBeTrue();
            SynchronizationContext.Current.ShouldBeSameAs(harness.Loop);
        });
    }
}
