using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class PercentileRuleTests
{
    [Theory]
    [InlineData(0.0, 10, 1)]
    [InlineData(0.5, 10, 5)]
    [InlineData(0.5, 11, 6)]
    [InlineData(0.9, 10, 9)]
    [InlineData(0.07, 100, 7)]
    [InlineData(0.29, 100, 29)]
    [InlineData(0.99, 100, 99)]
    [InlineData(0.999, 1000, 999)]
    [InlineData(0.9999, 1000, 1000)]
    [InlineData(0.999, 1_000_000_000_000, 999_000_000_000)]
    [InlineData(1.0, 7, 7)]
    [InlineData(0.99, 1, 1)]
    public void The_place_is_the_nearest_rank(double fraction, long count, long rank) =>
        PercentileRule.Rank(fraction, count).ShouldBe(rank);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(95)]
    [InlineData(double.NaN)]
    public void A_percentile_is_a_fraction(double fraction) =>
        Should.Throw<ArgumentOutOfRangeException>(() => PercentileRule.Rank(fraction, 10));
}
