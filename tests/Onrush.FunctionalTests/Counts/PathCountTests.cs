using System.Net;
using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Counting;
using Onrush.Testing.Targets.Tls;

namespace Onrush.FunctionalTests.Counts;

/// <summary>Every row of the statistics agrees with what the target counted for its path: for each transport, with TLS, over IPv6.</summary>
public sealed class PathCountTests : RunFixture
{
    [Theory]
    [InlineData("epoll", "127.0.0.1", false)]
    [InlineData("portable", "127.0.0.1", false)]
    [InlineData("epoll", "::1", false)]
    [InlineData("epoll", "127.0.0.1", true)]
    [InlineData("portable", "127.0.0.1", true)]
    public async Task Every_row_agrees(string transport, string address, bool tls)
    {
        using var authority = new TestAuthority();
        using var certificate = tls ? authority.Valid() : null;
        await using var server = CountingServer.Start(
            new CountingServerOptions { Address = IPAddress.Parse(address), Certificate = certificate });
        var trusted = Folder.Write("root.pem", authority.RootPem);
        var run = await OnrushCommand.RunAsync(
            Folder,
            Arguments(LoadTests.ThreePaths, server.Url, "-u", "20", "-r", "20", "-t", "3s", "-s", "10", "--transport", transport),
            new Dictionary<string, string> { ["SSL_CERT_FILE"] = trusted });

        run.ExitCode.ShouldBe(0, run.Everything);
        run.Console.Cancelled.ShouldBe(0, run.Everything);
        run.Console.Row("/first").ShouldBe(new StatisticsRow("GET", "/first", server.Counts["/first"].Answered, 0));
        run.Console.Row("/second").ShouldBe(new StatisticsRow("POST", "/second", server.Counts["/second"].Answered, 0));
        run.Console.Row("/third?size=100000").ShouldBe(new StatisticsRow("GET", "/third?size=100000", server.Counts["/third"].Answered, 0));
        run.Console.Aggregated.Requests.ShouldBe(server.Counts.Received);
        server.Counts.Cut.ShouldBe(0);
        server.Counts.Received.ShouldBeGreaterThan(100);
        server.Connections.ShouldBe(20);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_fails_unless_it_is_asked_for()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Valid();
        await using var server = CountingServer.Start(new CountingServerOptions { Certificate = certificate });

        var strict = await RunAsync(LoadTests.ThreePaths, server.Url, "-u", "2", "-r", "2", "-t", "2s");
        strict.ExitCode.ShouldBe(1, strict.Everything);
        strict.Console.Aggregated.Failures.ShouldBe(strict.Console.Aggregated.Requests);
        strict.Console.Aggregated.Failures.ShouldBeGreaterThan(0);
        strict.Console.Errors.ShouldContain(error => error.Text.Contains("certificate", StringComparison.OrdinalIgnoreCase), strict.Everything);
        server.Counts.Received.ShouldBe(0);

        var insecure = await RunAsync(LoadTests.ThreePaths, server.Url, "-u", "2", "-r", "2", "-t", "2s", "-s", "10", "--insecure");
        insecure.ExitCode.ShouldBe(0, insecure.Everything);
        insecure.Console.Aggregated.Requests.ShouldBe(server.Counts.Received);
    }
}
