using Onrush.FunctionalTests.Targets;

namespace Onrush.FunctionalTests.Servers;

/// <summary>The nginx of the tests counts and stands still as the tests believe.</summary>
public sealed class NginxServerTests
{
    [Fact]
    public async Task Counts_the_requests_of_others_only()
    {
        await using var nginx = await NginxServer.StartAsync();
        (await nginx.RequestsAsync()).ShouldBe(0);
        using var client = await RawClient.ConnectAsync(nginx.Url);
        for (var i = 1; i <= 3; i++)
        {
            await client.GetAsync("/");
            (await client.ReadResponseAsync()).Body.Length.ShouldBe(35);
            (await nginx.RequestsAsync()).ShouldBe(i);
        }
    }

    [Fact]
    public async Task Stands_still_and_goes_on()
    {
        await using var nginx = await NginxServer.StartAsync();
        using var client = await RawClient.ConnectAsync(nginx.Url);
        nginx.Freeze();
        await client.GetAsync("/");
        var answer = client.ReadResponseAsync();
        await Should.ThrowAsync<TimeoutException>(() => answer.WaitAsync(TimeSpan.FromMilliseconds(200)));
        nginx.Thaw();
        (await answer.WithinAsync("the answer after the thaw")).Head.ShouldStartWith("HTTP/1.1 200");
    }

    [Fact]
    public async Task Speaks_tls()
    {
        await using var nginx = await NginxServer.StartAsync(tls: true);
        using var client = await RawClient.ConnectAsync(nginx.Url);
        (await client.HandshakeAsync("localhost", nginx.RootPem)).Errors.ShouldBe(System.Net.Security.SslPolicyErrors.None);
        await client.GetAsync("/");
        (await client.ReadResponseAsync()).Body.Length.ShouldBe(35);
    }
}
