using Onrush.Measurement;
using Onrush.Outputs.K6;

namespace Onrush.Outputs.Tests.K6;

public sealed class RepresentativesTests
{
    private static HistogramData Times(IEnumerable<long> values)
    {
        var histogram = new Histogram(new ChunkPool());
        foreach (var value in values)
            histogram.Add(value);
        return HistogramData.From(histogram);
    }

    [Fact]
    public void As_many_as_there_are_are_all_of_them()
    {
        long[] all = [.. Enumerable.Range(1, 500).Select(i => i * i * 1000L)];
        var values = new long[all.Length];
        Representatives.Fill(Times(all), values, withEnds: true);
        values.Zip(all).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= pair.Second * 0.004);
        (values[0], values[^1]).ShouldBe((all[0], all[^1]));
    }

    [Fact]
    public void Fewer_keep_percentiles_mean_and_ends()
    {
        var random = new Random(3);
        long[] all = [.. Enumerable.Range(0, 20_000).Select(_ => (long)(Math.Exp(random.NextDouble() * 6) * 1e5)).Order()];
        var values = new long[200];
        Representatives.Fill(Times(all), values, withEnds: true);
        foreach (var fraction in new[] { 0.1, 0.5, 0.9, 0.95 })
            ((double)values[(int)(fraction * 200)] / all[(int)(fraction * all.Length)]).ShouldBeInRange(0.94, 1.06);
        (values.Average() / all.Average()).ShouldBeInRange(0.97, 1.03);
        (values[0], values[^1]).ShouldBe((all[0], all[^1]));
    }

    [Fact]
    public void Zeros_and_nothing_are_no_trouble()
    {
        var values = new long[3];
        Representatives.Fill(Times([0, 0, 5_000]), values, withEnds: false);
        values.ShouldBe([0, 0, 5_000]);
        Representatives.Fill(HistogramData.Empty, [], withEnds: true);
    }
}
