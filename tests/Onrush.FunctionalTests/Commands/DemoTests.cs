using System.Net.Http;
using System.Text.RegularExpressions;
using Onrush.FunctionalTests.Running;

namespace Onrush.FunctionalTests.Commands;

/// <summary>onrush demo shows a newcomer everything, without a server of theirs, and leaves nothing behind but two files and a kept run.</summary>
public sealed partial class DemoTests : RunFixture
{
    // Shorter than what a newcomer sees: the same shop, users instead of the two scenarios.
    private static readonly string[] Short = ["-u", "50", "-r", "50", "-t", "3s"];

    [Fact]
    public async Task Ends_by_itself_with_a_report_and_says_what_to_do_next()
    {
        var run = await OnrushCommand.RunAsync(Folder, ["demo", "--headless"], limit: TimeSpan.FromMinutes(2));

        run.ExitCode.ShouldBe(0, run.Everything);
        run.Console.Row("call coupon [rush]").Requests.ShouldBe(1200);
        run.Console.Aggregated.Failures.ShouldBe(0);
        run.Output.ShouldContain("PASSED");
        run.Output.ShouldContain("What next:");
        File.Exists(Path.Combine(Folder.Path, "onrush-demo.html")).ShouldBeTrue();
        (await OnrushCommand.RunAsync(Folder, ["-f", "onrush-demo.cs", "--list"])).Output.ShouldContain("Visitor");
        (await OnrushCommand.RunAsync(Folder, ["report", "latest"])).Output.ShouldContain("call coupon");
        await ShouldBeGoneAsync(Shop(run.Output));
    }

    [Fact]
    public async Task Serves_the_page_while_it_runs()
    {
        await using var running = OnrushCommand.Start(Folder, ["demo", "--web-port", "0", "--autoquit", "1s", .. Short]);
        var line = await running.NextLineAsync(text => text.Contains("The page is at ", StringComparison.Ordinal), "the page is served");
        using var client = new HttpClient();
        (await client.GetStringAsync(Address().Match(line).Value)).ShouldContain("<html");
        (await running.ExitAsync()).ShouldBe(0, running.Output + running.Errors);
        running.Output.ShouldContain("What next:");
        await ShouldBeGoneAsync(Shop(running.Output));
    }

    [Fact]
    public async Task Answers_to_the_end_when_it_is_stopped()
    {
        await using var running = OnrushCommand.Start(Folder, ["demo", "--headless"]);
        await running.NextLineAsync(text => text.Contains("1,200/1,200", StringComparison.Ordinal), "the rush is over, visitors go on");
        // A terminal sends Ctrl-C to both.
        foreach (var child in File.ReadAllText($"/proc/{running.Id}/task/{running.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Signals.Send(int.Parse(child, System.Globalization.CultureInfo.InvariantCulture), Signal.Interrupt);
        running.Send(Signal.Interrupt);
        (await running.ExitAsync()).ShouldBe(0, running.Output + running.Errors);
        await ShouldBeGoneAsync(Shop(running.Output));
    }

    [Fact]
    public async Task Leaves_a_changed_load_test_as_it_is()
    {
        Folder.Write("onrush-demo.cs", "not C#");
        var run = await OnrushCommand.RunAsync(Folder, ["demo", "--headless"]);
        run.ExitCode.ShouldBe(104);
        run.ShouldShowNoStackTrace();
        (await File.ReadAllTextAsync(Path.Combine(Folder.Path, "onrush-demo.cs"))).ShouldBe("not C#");
    }

    private static Uri Shop(string output) => new(Address().Match(output).Value);

    private static async Task ShouldBeGoneAsync(Uri shop)
    {
        using var client = new HttpClient();
        await Should.ThrowAsync<HttpRequestException>(() => client.GetStringAsync(shop));
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
