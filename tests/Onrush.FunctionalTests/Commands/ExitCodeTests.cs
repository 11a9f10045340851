using Onrush.FunctionalTests.Running;
using Onrush.Testing.Targets.Counting;

namespace Onrush.FunctionalTests.Commands;

/// <summary>What the shell is told, and that everything is printed on the way out.</summary>
public sealed class ExitCodeTests : RunFixture
{
    [Fact]
    public async Task A_clean_run_is_0()
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(LoadTests.Hello, server.Url, "-u", "2", "-r", "2", "-t", "2s");
        run.ExitCode.ShouldBe(0, run.Everything);
        run.Console.Aggregated.Failures.ShouldBe(0);
        run.Console.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7, "--exit-code-on-error", "7")]
    [InlineData(0, "--exit-code-on-error", "0")]
    public async Task Failed_requests(int code, params string[] options)
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(LoadTests.Failing, server.Url, ["-u", "2", "-r", "2", "-t", "2s", .. options]);
        run.ExitCode.ShouldBe(code, run.Everything);
        run.Console.Aggregated.Failures.ShouldBe(run.Console.Aggregated.Requests);
        run.Console.Errors.ShouldHaveSingleItem().Text.ShouldContain("500");
    }

    [Fact]
    public async Task Exceptions_are_1_and_name_the_line_of_the_script()
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(LoadTests.Throwing, server.Url, "-u", "2", "-r", "2", "-t", "2s");
        run.ExitCode.ShouldBe(1, run.Everything);
        run.Console.Aggregated.Failures.ShouldBe(0);
        // The users went on after their exceptions.
        run.Console.Aggregated.Requests.ShouldBeGreaterThan(4);
        var exceptions = string.Join('\n', run.Console.Exceptions);
        exceptions.ShouldContain("the cart is empty");
        exceptions.ShouldContain("loadtest.cs:line 11");
    }

    [Fact]
    public async Task Nobody_past_the_start_is_1()
    {
        await using var server = CountingServer.Start();
        var run = await RunAsync(LoadTests.NotStarting, server.Url, "-u", "3", "-r", "3", "-t", "2s", "--exit-code-on-error", "0");
        run.ExitCode.ShouldBe(1, run.Everything);
        run.Everything.ShouldContain("no such account");
        run.Everything.ShouldContain("OnStartAsync");
        server.Counts.Received.ShouldBe(0);
    }

    [Theory]
    [InlineData(Signal.Interrupt)]
    [InlineData(Signal.Terminate)]
    public async Task A_second_signal_ends_at_once(Signal signal)
    {
        await using var server = CountingServer.Start();
        await using var running = OnrushCommand.Start(Folder, Arguments(LoadTests.Hello, server.Url, "-u", "5", "-r", "5", "-s", "1h"));
        await running.NextLineAsync(line => LiveRow.Parse(line) is { Users: 5, RequestsPerSecond: > 0 }, "5 users");
        // Frozen, the running requests never end: the graceful stop waits for them.
        server.Freezer.Freeze();
        await running.NextLineAsync(line => LiveRow.Parse(line) is { InFlight: 5, RequestsPerSecond: 0 }, "5 requests in flight");
        running.Send(signal);
        await running.NextLineAsync(line => LiveRow.Parse(line) is not null, "a line after the first signal");
        running.Send(signal);
        (await running.ExitAsync(TimeSpan.FromSeconds(5))).ShouldBe(105, running.Output);
    }
}
