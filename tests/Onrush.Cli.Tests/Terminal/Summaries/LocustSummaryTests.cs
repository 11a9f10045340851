using Onrush.Cli.Terminal.Summaries;
using Onrush.Runs;

namespace Onrush.Cli.Tests.Terminal.Summaries;

public sealed class LocustSummaryTests
{
    [Theory]
    [InlineData("good", 0)]
    [InlineData("bad", 0)]
    [InlineData("good", 120)]
    [InlineData("empty", 0)]
    public void The_tables_are_as_checked_in(string name, int width)
    {
        RunSnapshot run = name switch { "good" => Samples.Good(), "bad" => Samples.Bad(), _ => RunSnapshot.Empty };
        Golden.Check(LocustSummary.Render(run, width), $"locust-{name}-{width}");
    }

    [Fact]
    public void Nothing_that_comes_from_the_target_steers_the_terminal() => LocustSummary.Render(Samples.Bad(), 0).ShouldNotContain('\e');
}
