using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class HistogramLayoutTests
{
    [Fact]
    public void Every_bucket_contains_its_own_bounds_and_midpoint()
    {
        for (int index = 0; index < HistogramLayout.Buckets; index++)
        {
            HistogramLayout.IndexOf(HistogramLayout.LowerBound(index)).ShouldBe(index);
            HistogramLayout.IndexOf(HistogramLayout.Midpoint(index)).ShouldBe(index);
            if (index > 0)
                HistogramLayout.IndexOf(HistogramLayout.LowerBound(index) - 1).ShouldBe(index - 1);
        }
        HistogramLayout.IndexOf(HistogramLayout.MaxValue).ShouldBe(HistogramLayout.Buckets - 1);
    }

    [Fact]
    public void The_midpoint_is_within_four_tenths_of_a_percent()
    {
        var random = new Random(1);
        for (int i = 0; i < 100_000; i++)
        {
            long value = (long)Math.Exp(random.NextDouble() * Math.Log(HistogramLayout.MaxValue));
            long shown = HistogramLayout.Midpoint(HistogramLayout.IndexOf(value));
            ((double)Math.Abs(shown - value)).ShouldBeLessThanOrEqualTo(value * 0.004);
        }
    }

    [Fact]
    public void The_largest_value_is_more_than_an_hour() =>
        HistogramLayout.MaxValue.ShouldBeGreaterThan((long)TimeSpan.FromHours(1.2).TotalNanoseconds);
}
