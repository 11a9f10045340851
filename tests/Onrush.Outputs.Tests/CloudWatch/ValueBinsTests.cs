using Onrush.Measurement;
using Onrush.Outputs.CloudWatch;

namespace Onrush.Outputs.Tests.CloudWatch;

public sealed class ValueBinsTests
{
    [Theory]
    [InlineData(1, 150)]
    [InlineData(2, 150)]
    [InlineData(17, 150)]
    [InlineData(100_000, 150)]
    [InlineData(100_000, 100)]
    public void Count_ends_and_percentiles_stay(int number, int most)
    {
        var random = new Random(number);
        var histogram = new Histogram(new ChunkPool());
        for (int i = 0; i < number; i++)
            histogram.Add((long)(1e6 * Math.Pow(60_000, random.NextDouble())));
        var times = HistogramData.From(histogram);
        var bins = ValueBins.Of(times, most);
        bins.Values.Count.ShouldBeInRange(1, most);
        bins.Values.ShouldBe(bins.Values.Order());
        bins.Counts.ShouldAllBe(count => count > 0);
        bins.Counts.Sum().ShouldBe(times.Count);
        bins.Values[0].ShouldBe(times.Min / 1e6, 0.0001);
        bins.Values[^1].ShouldBe(times.Max / 1e6, 0.0001);
        bins.Values.Zip(bins.Counts).Sum(pair => pair.First * pair.Second).ShouldBe((double)times.Sum / 1e6, (double)times.Sum / 1e6 * 0.004);
        foreach (double rank in (double[])[0.01, 0.5, 0.9, 0.95, 0.99])
            (At(bins, rank) / (times.Percentile(rank) / 1e6)).ShouldBe(1, 1.0 * 9 / most);
    }

    [Fact]
    public void Few_buckets_are_told_as_they_are()
    {
        var histogram = new Histogram(new ChunkPool());
        foreach (long ms in (long[])[1, 1, 5, 5, 5, 70])
            histogram.Add(ms * 1_000_000);
        var bins = ValueBins.Of(HistogramData.From(histogram), 150);
        bins.Counts.Sum().ShouldBe(6);
        bins.Values.Count.ShouldBeLessThanOrEqualTo(5);
        At(bins, 0.5).ShouldBe(5, 0.02);
        ValueBins.Of(HistogramData.Empty, 150).Values.ShouldBeEmpty();
    }

    private static double At(ValueBins bins, double rank)
    {
        double wanted = Math.Ceiling(rank * bins.Counts.Sum()), seen = 0;
        foreach (var (value, count) in bins.Values.Zip(bins.Counts))
        {
            seen += count;
            if (seen >= wanted)
                return value;
        }

        return bins.Values[^1];
    }
}
