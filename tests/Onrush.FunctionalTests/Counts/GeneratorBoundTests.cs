using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;

namespace Onrush.FunctionalTests.Counts;

/// <summary>A generator that is itself the limit says so, and only then.</summary>
public sealed class GeneratorBoundTests : RunFixture
{
    [Fact]
    public async Task Busy_user_code_is_marked()
    {
        await using var nginx = await NginxServer.StartAsync();
        var run = await RunAsync(LoadTests.Busy, nginx.Url, "-u", "200", "-r", "200", "-t", "5s", "--loops", "1");
        run.ExitCode.ShouldBe(0, run.Everything);
        run.Console.GeneratorBound.ShouldBeTrue(run.Everything);
    }
}
