using Onrush.Measurement;
using Onrush.Runs.Capacity;

namespace Onrush.Runs.Tests.Capacity;

public class SloRuleTests
{
    [Theory]
    [InlineData("p(95)<1000", 0.95, false, 1000)]
    [InlineData("P(99.9) < 1.5s", 0.999, false, 1500)]
    [InlineData("avg<250ms", null, false, 250)]
    [InlineData("med<=20", 0.5, false, 20)]
    [InlineData("max<2s", 1.0, false, 2000)]
    [InlineData("failed<1%", null, true, 0.01)]
    [InlineData("failed<0.05", null, true, 0.05)]
    public void A_rule_is_read(string text, double? percentile, bool failed, double limit)
    {
        var rule = SloRule.Parse(text).ShouldHaveSingleItem();
        (rule.Percentile is { } p ? Math.Round(p, 6) : (double?)null, rule.IsFailed, Math.Round(rule.Limit, 6)).ShouldBe((percentile, failed, limit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("p(95)")]
    [InlineData("p(95)>1000")]
    [InlineData("p(101)<10")]
    [InlineData("p(0)<10")]
    [InlineData("median<10")]
    [InlineData("failed<")]
    [InlineData("failed<x%")]
    [InlineData("p(95)<1000,nonsense")]
    [InlineData("p(95)<-1")]
    public void Nonsense_is_refused_with_an_example(string text) =>
        Should.Throw<FormatException>(() => SloRule.Parse(text)).Message.ShouldContain("p(95)<1000");

    [Fact]
    public void Rules_judge_the_figures_of_a_step()
    {
        var rules = SloRule.Parse("p(95)<100,failed<10%");
        rules.All(r => r.Holds(Figures(50, failures: 9))).ShouldBeTrue();
        rules[0].Holds(Figures(150, failures: 0)).ShouldBeFalse();
        rules[1].Holds(Figures(50, failures: 10)).ShouldBeFalse();
    }

    private static StepFigures Figures(double ms, long failures)
    {
        var histogram = new Histogram(new ChunkPool());
        for (int i = 0; i < 100; i++)
            histogram.Add((long)(ms * 1e6));
        return new StepFigures { Times = HistogramData.From(histogram), Requests = 100, Failures = failures, Due = 0, Done = 10, Seconds = 10, BoundSeconds = 0 };
    }
}
