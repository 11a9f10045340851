using Onrush.Cli.Terminal;
using Onrush.Runs;

namespace Onrush.Cli.Tests.Terminal;

public sealed class FinalReportTests
{
    [Theory]
    [InlineData("good", 0)]
    [InlineData("bad", 0)]
    [InlineData("bad", 80)]
    [InlineData("bad", 120)]
    [InlineData("empty", 80)]
    public void The_end_of_a_run_is_as_checked_in(string name, int width)
    {
        RunSnapshot run = Named(name);
        Golden.Check(FinalReport.Render(run, Verdict.Of(run, ExitCodes.Failed), width), $"report-{name}-{width}");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(160)]
    public void No_table_is_wider_than_the_terminal(int width)
    {
        RunSnapshot run = Named("bad");
        string report = FinalReport.Render(run, Verdict.Of(run, ExitCodes.Failed), width);
        foreach (string line in report.Split('\n').Where(line => line.Contains(" | ")))
            Cells.Width(line).ShouldBeLessThanOrEqualTo(width, line);
    }

    [Fact]
    public void Users_that_ended_for_a_reason_are_told_with_it_and_fail_nothing()
    {
        RunSnapshot run = Samples.Good() with { UserStops = [new UserStopRow("Buyer", "accounts.csv: all 3 rows are given to users", 2)] };
        Verdict verdict = Verdict.Of(run, ExitCodes.Failed);

        FinalReport.Render(run, verdict, 80).ShouldContain("\n2 users of Buyer ended: accounts.csv: all 3 rows are given to users\n");
        verdict.ExitCode.ShouldBe(ExitCodes.Success);
    }

    [Fact]
    public void Nothing_that_comes_from_the_target_steers_the_terminal() =>
        FinalReport.Render(Named("bad"), default, 0).ShouldNotContain('\u001b');

    [Fact]
    public void Every_row_is_there_however_many()
    {
        string report = FinalReport.Render(Samples.Many(), default, 0);
        for (int i = 0; i < 200; i++)
            report.Split($" /page/{i:000} ").Length.ShouldBe(3);
    }

    private static RunSnapshot Named(string name) => name switch
    {
        "good" => Samples.Good(),
        "bad" => Samples.Bad(),
        _ => RunSnapshot.Empty,
    };
}
