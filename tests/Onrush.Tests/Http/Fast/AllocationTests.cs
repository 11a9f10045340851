using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Tls;
using Onrush.Tests.Http.Harness;

namespace Onrush.Tests.Http.Fast;

/// <summary>What a request leaves for the garbage collector, on the loop's own thread.</summary>
public sealed class AllocationTests
{
    [Fact]
    public async Task A_request_with_a_discarded_body_allocates_next_to_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The portable loop has no thread of its own.");
        await using var server = CountingServer.Start();
        (await BytesPerRequestAsync(server.Url, insecure: false)).ShouldBeLessThanOrEqualTo(16);
    }

    [Fact]
    public async Task A_request_over_tls_allocates_little()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The portable loop has no thread of its own.");
        using var authority = new TestAuthority();
        using var certificate = authority.SelfSigned();
        await using var server = CountingServer.Start(new CountingServerOptions { Certificate = certificate });
        (await BytesPerRequestAsync(server.Url, insecure: true)).ShouldBeLessThanOrEqualTo(160);
    }

    private static async Task<double> BytesPerRequestAsync(Uri url, bool insecure)
    {
        const int requests = 2000;
        await using var harness = new SessionHarness(Transports.Epoll, url, new SessionOptions { Insecure = insecure });
        return await harness.RunAsync(async client =>
        {
            // Tiered compilation allocates too: warm until the code is what it will be.
            for (var i = 0; i < 3000; i++)
                await client.GetAsync("/x");
            var best = double.MaxValue;
            for (var round = 0; round < 5; round++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < requests; i++)
                    await client.GetAsync("/x");
                best = Math.Min(best, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)requests);
            }

            return best;
        });
    }
}
