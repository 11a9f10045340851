using Onrush.Cli.Terminal;
using Onrush.Runs;
using Spectre.Console;

namespace Onrush.Cli.Tests.Terminal;

public sealed class LiveViewTests
{
    [Theory]
    [InlineData("good", 120, 30)]
    [InlineData("bad", 120, 30)]
    [InlineData("bad", 60, 30)]
    [InlineData("many", 80, 16)]
    public void The_screen_is_as_checked_in(string name, int width, int height) =>
        Golden.Check(Draw(Named(name), width, height), $"live-{name}-{width}x{height}");

    [Theory]
    [InlineData(40, 16)]
    [InlineData(60, 14)]
    [InlineData(100, 24)]
    [InlineData(200, 60)]
    public void It_fits_the_terminal(int width, int height)
    {
        foreach (string name in (string[])["good", "bad", "many"])
        {
            string[] lines = Draw(Named(name), width, height).TrimEnd('\n').Split('\n');
            lines.Max(Cells.Width).ShouldBeLessThanOrEqualTo(width, $"{name} {width}x{height}");
            lines.Length.ShouldBeLessThan(height, $"{name} {width}x{height}");
        }
    }

    [Theory]
    [InlineData('w', 11)]
    [InlineData('W', 20)]
    [InlineData('s', 9)]
    [InlineData('S', 0)]
    public void Keys_change_the_number_of_users(char key, int expected)
    {
        FakeRun run = new() { Snapshot = RunSnapshot.Empty with { TargetUsers = 10, SpawnRate = 2 } };
        UserKeys keys = new(run);
        keys.Press(key);
        run.Calls.ShouldBe([$"users {expected} at 2"]);
        keys.Press('q');
        run.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public void Keys_pressed_before_the_next_snapshot_add_up()
    {
        FakeRun run = new() { Snapshot = RunSnapshot.Empty with { TargetUsers = 10, SpawnRate = 2 } };
        UserKeys keys = new(run);
        keys.Press('W');
        keys.Press('w');
        run.Calls.ShouldBe(["users 20 at 2", "users 21 at 2"]);

        // Somebody else changes the number after this one was reached.
        run.Snapshot = run.Snapshot with { TargetUsers = 21 };
        keys.Follow(run.Snapshot);
        run.Snapshot = run.Snapshot with { TargetUsers = 50 };
        keys.Follow(run.Snapshot);
        keys.Press('s');
        run.Calls[^1].ShouldBe("users 49 at 2");
    }

    private static string Draw(RunSnapshot run, int width, int height)
    {
        using StringWriter output = new() { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = width;
        console.Profile.Height = height;
        console.Profile.Capabilities.Unicode = true;
        console.Write(LiveView.Render(run, new RunTitle("coupon.cs", "http://127.0.0.1:8080", TimeSpan.FromSeconds(60)), width, height, keys: true));
        return string.Join('\n', output.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
    }

    private static RunSnapshot Named(string name) => name switch
    {
        "good" => Samples.Good() with { Phase = RunPhase.Running, Users = 1000 },
        "bad" => Samples.Bad() with { Phase = RunPhase.Spawning, Users = 700, RunTime = TimeSpan.FromSeconds(45) },
        _ => Samples.Many() with { Phase = RunPhase.Running, Users = 1000 },
    };
}
