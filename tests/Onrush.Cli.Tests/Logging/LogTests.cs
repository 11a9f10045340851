using Onrush.Cli.Logging;

namespace Onrush.Cli.Tests.Logging;

public sealed class LogTests
{
    [Theory]
    [InlineData("Debug", "DIWE")]
    [InlineData("Info", "IWE")]
    [InlineData("Warning", "WE")]
    [InlineData("Error", "E")]
    [InlineData("Off", "")]
    public void Lines_below_the_level_are_left_out(string level, string expected)
    {
        List<string> lines = [];
        using Log log = new(Enum.Parse<LogLevel>(level), lines.Add, null, TimeProvider.System);
        WriteAll(log);
        string.Concat(lines.Select(line => line.Split("] ")[1][0])).ShouldBe(expected);
        lines.ShouldAllBe(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\] [A-Z]+ text$"));
    }

    [Fact]
    public void A_file_takes_everything_and_keeps_what_it_had()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.log", "before\n");
        List<string> screen = [];
        using (Log log = new(LogLevel.Debug, screen.Add, path, TimeProvider.System))
            Parallel.For(0, 100, _ => WriteAll(log));
        string[] lines = File.ReadAllLines(path);
        lines.Length.ShouldBe(401);
        lines[0].ShouldBe("before");
        lines.Skip(1).ShouldAllBe(line => line.EndsWith(" text", StringComparison.Ordinal));
        screen.ShouldBeEmpty();
    }

    private static void WriteAll(Log log)
    {
        log.Debug("text");
        log.Info("text");
        log.Warning("text");
        log.Error("text");
    }
}
