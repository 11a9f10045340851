using Onrush.Cli.Logging;
using Onrush.Cli.Terminal;
using Onrush.Runs;
using Spectre.Console;

namespace Onrush.Cli.Tests.Terminal;

public sealed class ScreensTests
{
    [Fact]
    public async Task A_plain_line_comes_every_two_seconds_and_none_at_the_end()
    {
        FakeRun run = new();
        using StringWriter output = new() { NewLine = "\n" };
        TaskCompletionSource over = new();
        Task shown = new PlainScreen(output).ShowAsync(run, over.Task);
        RunSnapshot running = Samples.Good() with { Phase = RunPhase.Running, Users = 1000, RunTime = TimeSpan.FromSeconds(2) };
        run.Fold(running);
        run.Fold(running);
        run.Fold(running with { RunTime = TimeSpan.FromSeconds(3) });
        run.Fold(Samples.Bad() with { Phase = RunPhase.Stopping, Users = 700, RunTime = TimeSpan.FromSeconds(3604) });
        run.Fold(running with { Phase = RunPhase.Stopped });
        over.SetResult();
        await shown;
        run.Fold(running);
        run.Fold(running);
        Golden.Check(output.ToString(), "plain");
    }

    [Fact]
    public async Task A_run_that_could_not_start_throws_through_every_screen()
    {
        Task over = Task.FromException(new InvalidOperationException("no"));
        using Log log = new(LogLevel.Off, _ => { }, null, TimeProvider.System);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        foreach (IRunScreen screen in (IRunScreen[])[new PlainScreen(TextWriter.Null), new SilentScreen(), new LiveScreen(console, new("a.cs", null, null), log, keys: false)])
            await Should.ThrowAsync<InvalidOperationException>(() => screen.ShowAsync(new FakeRun(), over));
    }

    [Fact]
    public async Task The_live_table_is_drawn_and_taken_away_and_the_log_goes_above_it()
    {
        using StringWriter output = new() { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 100;
        console.Profile.Height = 30;
        using Log log = new(LogLevel.Info, _ => { }, null, TimeProvider.System);
        TaskCompletionSource over = new();
        FakeRun run = new() { Snapshot = Samples.Good() with { Phase = RunPhase.Running } };
        Task shown = new LiveScreen(console, new("a.cs", null, null), log, keys: false).ShowAsync(run, over.Task);
        log.Warning("look here");
        over.SetResult();
        await shown.WaitAsync(TimeSpan.FromSeconds(30));
        output.ToString().ShouldContain("Aggregated");
        output.ToString().ShouldContain("WARNING look here");
        output.ToString().ShouldEndWith("\u001b[?25h");
    }

    [Fact]
    public void The_first_signal_stops_and_the_second_leaves()
    {
        List<int> left = [];
        using StopSignals signals = new(left.Add);
        FakeRun run = new();
        signals.Attach(run.Stop);
        signals.Received("Ctrl-C");
        run.Calls.ShouldBe(["stop Ctrl-C"]);
        left.ShouldBeEmpty();
        signals.Received("SIGTERM");
        left.ShouldBe([ExitCodes.Aborted]);
        run.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public void A_signal_before_the_run_is_there_stops_it_then()
    {
        using StopSignals signals = new(_ => { });
        signals.Received("SIGTERM");
        FakeRun run = new();
        signals.Attach(run.Stop);
        run.Calls.ShouldBe(["stop SIGTERM"]);
    }
}
