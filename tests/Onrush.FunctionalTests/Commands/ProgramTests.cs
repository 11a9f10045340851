using Onrush.FunctionalTests.Running;
using Onrush.FunctionalTests.Servers;

namespace Onrush.FunctionalTests.Commands;

/// <summary>A load test that is a program of its own.</summary>
public sealed class ProgramTests
{
    [Fact]
    public async Task The_same_file_runs_by_dotnet_run_and_by_onrush()
    {
        await using var nginx = await NginxServer.StartAsync();
        using var folder = new TemporaryFolder();
        var project = Path.Combine(Repository.Root, "src", "Onrush.Cli", "Onrush.Cli.csproj");
        folder.Write("shop.cs", $$"""
            #:project {{project}}
            #:property PublishAot=false
            using Onrush;

            return await LoadTest.RunAsync(args);

            public sealed class Shopper : FastHttpUser
            {
                [Task]
                public async Task Hello() => await Client.GetAsync("/");
            }
            """);
        string[] arguments = ["-H", nginx.Url.ToString(), "--headless", "--only-summary", "-u", "2", "-r", "100", "-t", "1s"];

        await using var program = RunningProgram.Start(Programs.Dotnet, ["run", "-c", "Release", "shop.cs", "--", .. arguments], folder.Path);
        var code = await program.ExitAsync(TimeSpan.FromMinutes(5));
        code.ShouldBe(0, program.Output + program.Errors);
        ConsoleOutput.Parse(program.Output).Aggregated.Requests.ShouldBeGreaterThan(0);

        var command = await OnrushCommand.RunAsync(folder, ["-f", "shop.cs", .. arguments]);
        command.ExitCode.ShouldBe(0, command.Everything);
        command.Console.Aggregated.Requests.ShouldBeGreaterThan(0);
    }
}
