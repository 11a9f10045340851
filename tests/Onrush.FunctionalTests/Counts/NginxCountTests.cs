using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;

namespace Onrush.FunctionalTests.Counts;

/// <summary>Requests counted by Onrush are those counted by nginx, however the run ends.</summary>
public sealed class NginxCountTests : RunFixture
{
    [Fact]
    public async Task Agree_when_the_time_is_over()
    {
        await using var nginx = await NginxServer.StartAsync();
        var run = await RunAsync(LoadTests.Hello, nginx.Url, "-u", "1000", "-r", "400", "-t", "6s", "-s", "10");
        run.ExitCode.ShouldBe(0, run.Everything);
        await ShouldAgreeAsync(run, nginx);
    }

    [Theory]
    [InlineData(Signal.Interrupt)]
    [InlineData(Signal.Terminate)]
    public async Task Agree_when_stopped_by(Signal signal)
    {
        await using var nginx = await NginxServer.StartAsync();
        await using var running = OnrushCommand.Start(Folder, Arguments(LoadTests.Hello, nginx.Url, "-u", "1000", "-r", "400", "-s", "10"));
        await running.NextLineAsync(line => LiveRow.Parse(line) is { Users: 1000, RequestsPerSecond: > 0 }, "1,000 users");
        running.Send(signal);
        var run = new Finished(await running.ExitAsync(), running.Output, running.Errors, running.PeakMemory);
        run.ExitCode.ShouldBe(0, run.Everything);
        await ShouldAgreeAsync(run, nginx);
    }

    [Fact]
    public async Task Agree_up_to_the_cancelled_ones_when_nobody_is_waited_for()
    {
        await using var nginx = await NginxServer.StartAsync();
        var run = await RunAsync(LoadTests.Hello, nginx.Url, "-u", "1000", "-r", "1000", "-t", "3s");
        run.ExitCode.ShouldBe(0, run.Everything);
        var counted = await nginx.RequestsAsync();
        counted.ShouldBeInRange(run.Console.Aggregated.Requests, run.Console.Aggregated.Requests + run.Console.Cancelled, run.Everything);
    }

    [Fact]
    public async Task Agree_over_tls()
    {
        await using var nginx = await NginxServer.StartAsync(tls: true);
        var trusted = Folder.Write("root.pem", nginx.RootPem);
        var run = await OnrushCommand.RunAsync(
            Folder, Arguments(LoadTests.Hello, nginx.Url, "-u", "100", "-r", "100", "-t", "4s", "-s", "10"), new Dictionary<string, string> { ["SSL_CERT_FILE"] = trusted });
        run.ExitCode.ShouldBe(0, run.Everything);
        await ShouldAgreeAsync(run, nginx);
    }

    private static async Task ShouldAgreeAsync(Finished run, NginxServer nginx)
    {
        run.Console.Cancelled.ShouldBe(0, run.Everything);
        run.Console.Aggregated.Failures.ShouldBe(0, run.Everything);
        run.Console.Aggregated.Requests.ShouldBeGreaterThan(100, run.Everything);
        run.Console.Aggregated.Requests.ShouldBe(await nginx.RequestsAsync(), run.Everything);
    }
}
