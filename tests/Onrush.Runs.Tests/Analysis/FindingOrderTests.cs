using Onrush.Runs.Analysis;

namespace Onrush.Runs.Tests.Analysis;

/// <summary>Which of two findings stands first where both matter alike.</summary>
public class FindingOrderTests
{
    [Theory]
    [InlineData(FindingKind.Saturation, FindingSeverity.Warning, FindingKind.Saturation)]
    [InlineData(FindingKind.Drift, FindingSeverity.Warning, FindingKind.Drift)]
    [InlineData(FindingKind.Stall, FindingSeverity.Warning, FindingKind.GeneratorBound)]
    [InlineData(FindingKind.Bimodal, FindingSeverity.Warning, FindingKind.GeneratorBound)]
    [InlineData(FindingKind.Bimodal, FindingSeverity.Problem, FindingKind.Bimodal)]
    public void A_generator_that_was_late_now_and_then_stands_behind_what_limited_the_target(string other, object severity, string first) =>
        First(FindingSeverity.Warning, other, (FindingSeverity)severity).ShouldBe(first);

    [Fact]
    public void A_generator_that_was_the_limit_stands_before_everything() =>
        First(FindingSeverity.Problem, FindingKind.Saturation, FindingSeverity.Problem).ShouldBe(FindingKind.GeneratorBound);

    private static string First(FindingSeverity generator, string other, FindingSeverity severity) =>
        FindingOrder.Of([new Finding(FindingKind.GeneratorBound, generator, "", ""), new Finding(other, severity, "", "")])[0].Id;
}
