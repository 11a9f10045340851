using Onrush.Measurement;
using Onrush.Outputs.Prometheus;
using Onrush.Outputs.Prometheus.RemoteWrite;
using Onrush.Outputs.Prometheus.Text;

namespace Onrush.Outputs.Tests.Prometheus;

public sealed class ExpositionTextTests
{
    private static readonly PromFamily[] Families =
    [
        PromFamily.Of("a", PromType.Counter, "Back\\slash.", (PromLabels.Of(("name", "say \"hi\"\n\\"), ("empty", ""), ("b-c", "한국")), 3)),
        PromFamily.Of("g", PromType.Gauge, "A gauge.", (PromLabels.None, 0.25)),
        PromFamily.Of("none", PromType.Gauge, "Without series."),
    ];

    [Fact]
    public void The_older_format() => ExpositionText.Of(Families, openMetrics: false).ShouldBe("""
        # HELP a_total Back\\slash.
        # TYPE a_total counter
        a_total{b_c="한국",name="say \"hi\"\n\\"} 3
        # HELP g A gauge.
        # TYPE g gauge
        g 0.25

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void Open_metrics()
    {
        var text = ExpositionText.Of(Families, openMetrics: true);
        text.ShouldStartWith("# HELP a Back\\\\slash.\n# TYPE a counter\na_total{");
        text.ShouldEndWith("g 0.25\n# EOF\n");
    }

    [Fact]
    public void A_histogram_has_its_buckets_sum_and_count()
    {
        var values = new HistogramData([.. new[] { 1_500_000L, 400_000_000L, 90_000_000_000L }.Select(ns => (ushort)HistogramLayout.IndexOf(ns))], [1, 2, 1], 90_801_500_000, 1_500_000, 90_000_000_000);
        var text = ExpositionText.Of([new PromFamily("h_seconds", PromType.Histogram, "H.", [new PromSample(PromLabels.Of(("x", "y")), 0, values)])], openMetrics: false);
        text.ShouldContain("h_seconds_bucket{x=\"y\",le=\"0.001\"} 0\nh_seconds_bucket{x=\"y\",le=\"0.002\"} 1\n");
        text.ShouldContain("le=\"0.3\"} 1\nh_seconds_bucket{x=\"y\",le=\"0.5\"} 3\n");
        text.ShouldContain("le=\"1.0\"} 3\n");
        text.ShouldContain("le=\"60.0\"} 3\nh_seconds_bucket{x=\"y\",le=\"+Inf\"} 4\nh_seconds_sum{x=\"y\"} 90.8015\nh_seconds_count{x=\"y\"} 4\n");
    }

    [Fact]
    public void A_native_histogram_has_every_value_in_the_bucket_it_belongs_to()
    {
        var random = new Random(1);
        for (var round = 0; round < 100; round++)
        {
            var histogram = new Histogram(new ChunkPool());
            for (var i = 0; i < 50; i++)
                histogram.Add(random.Next(5) == 0 ? 0 : (long)Math.Exp(random.NextDouble() * 25));
            var values = HistogramData.From(histogram);
            var native = NativeHistogram.Of(values, 1e9);
            Dictionary<int, long> read = [];
            int index = 0, at = 0;
            long count = 0;
            foreach (var (offset, length) in native.Spans)
            {
                index += offset;
                for (var i = 0; i < length; i++)
                    read[index++] = count += native.Deltas[at++];
            }

            (read.Values.Sum() + native.Zeros).ShouldBe(50);
            for (var i = 0; i < values.Buckets.Length; i++)
            {
                var value = HistogramLayout.Midpoint(values.Buckets[i]) / 1e9;
                if (value > 0)
                    read.ShouldContainKey(read.Keys.First(bucket => value <= Math.Pow(2, bucket / 8.0) * (1 + 1e-9) && value > Math.Pow(2, (bucket - 1) / 8.0) * (1 - 1e-9)));
            }

            native.Spans.Skip(1).ShouldAllBe(span => span.Offset > 2);
        }
    }
}
