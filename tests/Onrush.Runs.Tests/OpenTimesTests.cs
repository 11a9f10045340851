using Onrush.Measurement;

namespace Onrush.Runs.Tests;

public sealed class OpenTimesTests
{
    private static readonly double[] Fractions = [0, 0.5, 0.95, 0.99, 1];

    /// <summary>However many come and whenever it is read, it is what merging them gives.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_is_what_merging_gives(int seed)
    {
        var random = new Random(seed);
        var (open, merged) = (new OpenTimes(), HistogramData.Empty);
        for (var i = 0; i < 60; i++)
        {
            var data = Some(random, random.Next(0, 150));
            if (random.Next(4) == 0)
            {
                var other = new OpenTimes();
                other.Add(data);
                open.Add(other);
            }
            else
            {
                open.Add(data);
            }

            merged = HistogramData.Merge(merged, data);
            var values = new long[Fractions.Length];
            open.Percentiles(Fractions, values);
            values.ShouldBe(Fractions.Select(merged.Percentile));
            if (random.Next(5) == 0)
                open.ToData().ShouldBe(merged);
        }

        var sum = new OpenTimes();
        sum.Add(open);
        sum.ToData().ShouldBe(merged);
        open.ToData().ShouldBe(merged);
    }

    [Fact]
    public void Nothing_is_nothing()
    {
        var values = new long[Fractions.Length];
        new OpenTimes().Percentiles(Fractions, values);
        values.ShouldAllBe(value => value == 0);
        new OpenTimes().ToData().ShouldBe(HistogramData.Empty);
    }

    private static HistogramData Some(Random random, int values)
    {
        var total = new HistogramTotal();
        for (var i = 0; i < values; i++)
        {
            var value = (long)Math.Exp(random.NextDouble() * 20);
            total.Add(new HistogramData([(ushort)HistogramLayout.IndexOf(value)], [1], value, value, value));
        }

        return total.ToData();
    }
}
