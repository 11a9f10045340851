using Onrush.Engine;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Engine;

public sealed class LatenessTests
{
    [Theory]
    [ClassData(typeof(EachTransport))]
    public async Task The_lateness_of_an_iteration_ends_with_it(string transport)
    {
        using var harness = new LoopHarness(transport);

        await harness.InvokeAsync(() =>
        {
            var user = harness.CreateUser();
            var nowNs = user.Now;
            user.IterationStarted("task", nowNs - MonotonicClock.Second);
            user.LatenessNs.ShouldBeGreaterThanOrEqualTo(MonotonicClock.Second);
            user.IterationFinished(nowNs, nowNs - MonotonicClock.Second, failed: false);
            user.LatenessNs.ShouldBe(-1);
        });
    }
}
