using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class HistogramDataTests
{
    [Fact]
    public void Adding_is_associative_and_commutative_and_has_a_zero()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (a, b, c) = (Some(random), Some(random), Some(random));
            HistogramData.Merge(a, b).ShouldBe(HistogramData.Merge(b, a));
            HistogramData.Merge(HistogramData.Merge(a, b), c).ShouldBe(HistogramData.Merge(a, HistogramData.Merge(b, c)));
            HistogramData.Merge(a, HistogramData.Empty).ShouldBe(a);
            HistogramData.Merge(a, b).Count.ShouldBe(a.Count + b.Count);
        }
    }

    [Fact]
    public void The_parts_make_the_same_histogram_again()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var data = Some(new Random(seed));
            var total = new HistogramTotal();
            total.Add(data);
            total.ToData().ShouldBe(data);
            new HistogramData([.. data.Buckets], [.. data.Counts], data.Sum, data.Min, data.Max).ShouldBe(data);
        }
    }

    [Fact]
    public void A_sum_beyond_64_bits_stays_exact()
    {
        var total = new HistogramTotal();
        var hour = new HistogramData([4607], [4_000_000_000], (Int128)4_000_000_000 * HistogramLayout.MaxValue, 1, HistogramLayout.MaxValue);
        for (int i = 0; i < 10; i++)
            total.Add(hour);
        total.Sum.ShouldBe(hour.Sum * 10);
        total.Count.ShouldBe(40_000_000_000);
    }

    [Fact]
    public void Contradicting_parts_are_refused()
    {
        Should.Throw<ArgumentException>(() => new HistogramData([1, 2], [1], 3, 1, 2));
        Should.Throw<ArgumentException>(() => new HistogramData([2, 1], [1, 1], 3, 1, 2));
        Should.Throw<ArgumentException>(() => new HistogramData([5000], [1], 3, 1, 2));
        Should.Throw<ArgumentException>(() => new HistogramData([1], [0], 3, 1, 2));
        Should.Throw<ArgumentException>(() => new HistogramData([1], [1], 3, 2, 1));
    }

    private static HistogramData Some(Random random)
    {
        var histogram = new Histogram(new ChunkPool());
        int count = random.Next(200);
        for (int i = 0; i < count; i++)
            histogram.Add((long)Math.Exp(random.NextDouble() * 30) - 1);
        return HistogramData.From(histogram);
    }
}
