using System.Text;
using Onrush.Cli.Terminal;
using Onrush.Cli.Terminal.Summaries;
using Onrush.Runs;

namespace Onrush.Cli.Tests.Terminal.Summaries;

public sealed class RuleLinesTests
{
    private static readonly RunSnapshot Judged = Samples.Good() with
    {
        Rules =
        [
            new(RuleKind.Threshold, "http_req_duration{name:call coupon}", "p(95)<1000", true) { Found = "p(95)=612 ms" },
            new(RuleKind.Threshold, "http_req_failed", "rate<0.01", false) { Found = "rate=18.08 %" },
            new(RuleKind.Threshold, "checks", "rate>0.9", null) { Found = "no data" },
            new(RuleKind.Limit, "iterations", "failed<=0.01", true) { Found = "0 of 30,000 (0.00 %)" },
            new(RuleKind.Invariant, "Peak.OnTestEndAsync", "sold 8193 coupons of 8192", false),
        ],
    };

    [Fact]
    public void Each_rule_has_a_line_in_the_report()
    {
        string report = FinalReport.Render(Judged, Verdict.Of(Judged, ExitCodes.Failed), 0);
        Golden.Check(report, "rules");
    }

    [Fact]
    public void Nothing_is_written_of_no_rules()
    {
        StringBuilder text = new();
        RuleLines.Write(text, Samples.Good(), Marks.Plain).ShouldBeFalse();
        text.Length.ShouldBe(0);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, "", true)]
    [InlineData(true, "1", false)]
    [InlineData(true, "0", false)]
    [InlineData(false, null, false)]
    public void Colour_is_for_terminals_that_want_it(bool terminal, string? noColor, bool coloured)
    {
        Dictionary<string, string> environment = noColor is null ? [] : new() { ["NO_COLOR"] = noColor };
        Marks marks = Marks.For(terminal, environment);
        marks.Of(true).ShouldBe(coloured ? "\e[32m✓\e[0m" : "✓");
        marks.Of(false).ShouldBe(coloured ? "\e[31m✗\e[0m" : "✗");
    }
}
