using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class HistogramTests
{
    private const double Tolerance = 0.008;

    private static readonly double[] Fractions = [0, 0.01, 0.25, 0.5, 0.66, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 0.9999, 1];

    public static TheoryData<string> Distributions => ["uniform", "exponential", "bimodal", "constant", "single", "tiny", "zeros"];

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Percentiles_are_those_of_the_sorted_values_in_every_representation(string distribution)
    {
        long[] values = Values(distribution);
        var histogram = Filled(values);
        var data = HistogramData.From(histogram);
        var total = new HistogramTotal();
        total.Add(data);
        var together = new long[Fractions.Length];
        total.Percentiles(Fractions, together);
        Array.Sort(values);

        for (int i = 0; i < Fractions.Length; i++)
        {
            double fraction = Fractions[i];
            long exact = values[PercentileRule.Rank(fraction, values.Length) - 1];
            long shown = histogram.Percentile(fraction);
            ((double)Math.Abs(shown - exact)).ShouldBeLessThanOrEqualTo(exact * Tolerance, $"p{fraction * 100} of {distribution}");
            shown.ShouldBeInRange(values[0], values[^1]);
            data.Percentile(fraction).ShouldBe(shown);
            total.Percentile(fraction).ShouldBe(shown);
            together[i].ShouldBe(shown);
        }
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Count_sum_smallest_and_largest_are_exact(string distribution)
    {
        long[] values = Values(distribution);
        var histogram = Filled(values);
        histogram.Count.ShouldBe(values.Length);
        histogram.Sum.ShouldBe(values.Sum());
        histogram.Min.ShouldBe(values.Min());
        histogram.Max.ShouldBe(values.Max());
        histogram.Percentile(0).ShouldBe(values.Min());
        histogram.Percentile(1).ShouldBe(values.Max());
        var data = HistogramData.From(histogram);
        (data.Count, data.Sum, data.Min, data.Max).ShouldBe((histogram.Count, (Int128)histogram.Sum, histogram.Min, histogram.Max));
    }

    [Fact]
    public void Percentiles_of_an_exponential_distribution_are_near_theory()
    {
        var random = new Random(3);
        var histogram = new Histogram(new ChunkPool());
        for (int i = 0; i < 1_000_000; i++)
            histogram.Add((long)(-Math.Log(1 - random.NextDouble()) * 10_000_000));
        foreach (double fraction in new[] { 0.5, 0.9, 0.99 })
        {
            double theory = -Math.Log(1 - fraction) * 10_000_000;
            ((double)histogram.Percentile(fraction)).ShouldBe(theory, theory * (Tolerance + 0.01));
        }
    }

    [Fact]
    public void Merging_is_the_histogram_of_all_values()
    {
        long[] a = Values("exponential"), b = Values("bimodal"), zeros = Values("zeros");
        var merged = Filled(a);
        merged.Merge(Filled(b));
        merged.Merge(Filled(zeros));
        HistogramData.From(merged).ShouldBe(HistogramData.From(Filled([.. a, .. b, .. zeros])));
    }

    [Fact]
    public void Clearing_forgets_everything_and_allocates_nothing_afterwards()
    {
        var pool = new ChunkPool();
        var histogram = Filled(Values("bimodal"), pool);
        histogram.Clear();
        HistogramData.From(histogram).ShouldBe(HistogramData.Empty);

        long[] values = Values("bimodal");
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (long value in values)
            histogram.Add(value);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        HistogramData.From(histogram).ShouldBe(HistogramData.From(Filled(values)));
    }

    [Fact]
    public void Values_outside_the_range_are_clamped_into_it()
    {
        var histogram = Filled([-5, long.MaxValue]);
        (histogram.Min, histogram.Max, histogram.Count).ShouldBe((0, HistogramLayout.MaxValue, 2));
        histogram.Sum.ShouldBe(HistogramLayout.MaxValue);
    }

    [Fact]
    public void Nothing_measured_gives_zeros()
    {
        var histogram = new Histogram(new ChunkPool());
        histogram.Percentile(0.99).ShouldBe(0);
        (histogram.Min, histogram.Max, histogram.Count).ShouldBe((0, 0, 0));
    }

    private static Histogram Filled(long[] values, ChunkPool? pool = null)
    {
        var histogram = new Histogram(pool ?? new ChunkPool());
        foreach (long value in values)
            histogram.Add(value);
        return histogram;
    }

    private static long[] Values(string distribution)
    {
        var random = new Random(7);
        return distribution switch
        {
            "uniform" => Many(() => random.NextInt64(1_000, 50_000_000)),
            "exponential" => Many(() => (long)(-Math.Log(1 - random.NextDouble()) * 3_000_000)),
            "bimodal" => Many(() => random.Next(10) == 0 ? random.NextInt64(900_000_000, 1_100_000_000) : random.NextInt64(80_000, 120_000)),
            "constant" => Many(() => 1_234_567),
            "single" => [987_654_321],
            "tiny" => Many(() => random.NextInt64(0, 300)),
            "zeros" => new long[1000],
            _ => throw new ArgumentOutOfRangeException(nameof(distribution)),
        };
    }

    private static long[] Many(Func<long> next) => [.. Enumerable.Range(0, 20_011).Select(_ => next())];
}
