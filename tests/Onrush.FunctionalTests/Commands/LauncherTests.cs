using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Commands;

/// <summary>The launcher at the root runs the command from source and hands everything through.</summary>
public sealed class LauncherTests : RunFixture
{
    // The first start builds; on a small machine that takes a while.
    private static readonly TimeSpan BuildTime = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Builds_once_and_then_only_starts()
    {
        (await StartAsync("--version")).ExitCode.ShouldBe(0);
        var again = await StartAsync("--version");
        again.ExitCode.ShouldBe(0);
        again.Output.ShouldNotBeEmpty();
        again.Errors.ShouldBeEmpty("nothing was changed, so nothing is built and nothing is said");
    }

    [Fact]
    public async Task Hands_the_exit_code_through()
    {
        var run = await StartAsync("-u", "many");
        run.ExitCode.ShouldBe(104, run.Everything);
        run.Errors.ShouldContain("-u: 'many'");
    }

    private async Task<Finished> StartAsync(params string[] arguments)
    {
        await using var running = RunningProgram.Start(Path.Combine(Repository.Root, "onrush"), arguments, Folder.Path);
        return new Finished(await running.ExitAsync(BuildTime), running.Output, running.Errors, running.PeakMemory);
    }
}
