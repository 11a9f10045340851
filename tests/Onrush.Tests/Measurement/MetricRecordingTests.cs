using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class MetricRecordingTests
{
    private static readonly MetricInfo Orders = new("orders", MetricKind.Counter, MetricUnit.None);
    private static readonly MetricInfo Wait = new("wait", MetricKind.Trend, MetricUnit.Milliseconds);
    private static readonly MetricInfo Queue = new("queue", MetricKind.Gauge, MetricUnit.None);

    private readonly ManualTime _time = new();
    private readonly LoopRecorder _recorder;
    private readonly int _scenario;

    public MetricRecordingTests()
    {
        _recorder = new LoopRecorder(0, 0, _time, new RecorderLimits { Tags = 3 });
        _scenario = _recorder.Scenario("s");
    }

    [Fact]
    public void Values_are_counted_by_metric_scenario_and_tags()
    {
        int home = _recorder.Tags.With(TagTable.None, "page", "home");
        _recorder.Report(Orders, _scenario, TagTable.None, 2);
        _recorder.Report(Orders, _scenario, TagTable.None, 3);
        _recorder.Report(Orders, _scenario, home, 4);
        _recorder.Report(Orders, _recorder.Scenario("other"), home, 5);
        var metrics = Take();
        metrics.Count.ShouldBe(3);
        metrics[Key(Orders)].Sum.ShouldBe(5);
        metrics[Key(Orders)].Count.ShouldBe(2);
        metrics[Key(Orders, ("page", "home"))].Sum.ShouldBe(4);
        metrics[Key(Orders, ("page", "home")) with { Scenario = "other" }].Sum.ShouldBe(5);
        Take().ShouldBeEmpty("the next interval begins at nothing");
        _recorder.Report(Orders, _scenario, home, 7);
        Take()[Key(Orders, ("page", "home"))].ShouldBe(new MetricInterval(1, 7, 7, 7, 7, Start, HistogramData.Empty));
    }

    [Fact]
    public void Checks_are_a_rate_with_the_tag_check()
    {
        int group = _recorder.Tags.Enter(TagTable.None, "login");
        _recorder.Check(_scenario, group, "is 200", true);
        _recorder.Check(_scenario, group, "is 200", false);
        _recorder.Check(_scenario, TagTable.None, new string("is 200".AsSpan()), true);
        var metrics = Take();
        var inGroup = metrics[Key(MetricInfo.Checks, ("check", "is 200"), ("group", "::login"))];
        (inGroup.Count, inGroup.Sum, inGroup.Min, inGroup.Max).ShouldBe((2, 1, 0, 1));
        metrics[Key(MetricInfo.Checks, ("check", "is 200"))].Sum.ShouldBe(1);
    }

    [Theory]
    [InlineData(MetricUnit.Milliseconds, 12.5, 12_500_000)]
    [InlineData(MetricUnit.None, 0.000001, 1)]
    [InlineData(MetricUnit.None, 0, 0)]
    [InlineData(MetricUnit.None, -3, 0)]
    [InlineData(MetricUnit.None, 1e18, (1L << 42) - 1)]
    [InlineData(MetricUnit.Bytes, 50_000_000, 50_000_000)]
    [InlineData(MetricUnit.Bytes, 1.4, 1)]
    public void A_trend_keeps_the_value_exactly_and_its_distribution_within_its_range(MetricUnit unit, double value, long counted)
    {
        var trend = Wait with { Unit = unit };
        _recorder.Report(trend, _scenario, TagTable.None, value);
        var metric = Take()[Key(trend)];
        (metric.Count, metric.Sum, metric.Min, metric.Max, metric.Last).ShouldBe((1, value, value, value, value));
        (metric.Values.Count, metric.Values.Min, metric.Values.Max).ShouldBe((1, counted, counted));
    }

    [Fact]
    public void Of_a_gauge_the_newest_value_is_known_with_its_time()
    {
        _recorder.Report(Queue, _scenario, TagTable.None, 9);
        _time.UnixMs += 250;
        _recorder.Report(Queue, _scenario, TagTable.None, 4);
        Take()[Key(Queue)].ShouldBe(new MetricInterval(2, 13, 4, 9, 4, Start + 250, HistogramData.Empty));
    }

    [Theory]
    [InlineData(0, 1, 1, 1, 1)]
    [InlineData(1, double.NaN, 1, 1, 1)]
    [InlineData(1, 1, double.NaN, 1, 1)]
    [InlineData(1, 1, 1, double.PositiveInfinity, 1)]
    [InlineData(1, 1, 1, 1, double.NegativeInfinity)]
    [InlineData(1, 1, 3, 2, 2.5)]
    [InlineData(1, 1e300, 0, 1, 1)]
    public void What_contradicts_itself_does_not_hold(long count, double sum, double min, double max, double last)
    {
        new MetricInterval(count, sum, min, max, last, Start, HistogramData.Empty).Holds.ShouldBeFalse();
        new MetricInterval(1, 2, 2, 2, 2, Start, HistogramData.Empty).Holds.ShouldBeTrue();
    }

    [Fact]
    public void Checks_past_the_limit_are_counted_together()
    {
        for (int i = 0; i < 10; i++)
            _recorder.Check(_scenario, TagTable.None, $"check {i}", true);
        _recorder.Check(_scenario, TagTable.None, "check 0", true);
        var metrics = Take();
        metrics.Count.ShouldBe(4);
        metrics[Key(MetricInfo.Checks, ("check", "check 0"))].Count.ShouldBe(2);
        metrics[Key(MetricInfo.Checks) with { Tags = TagSet.Other }].Count.ShouldBe(7);
    }

    [Fact]
    public void Reporting_allocates_nothing_once_both_halves_are_warm()
    {
        for (int i = 0; i < 2; i++)
        {
            Report(1000);
            _recorder.Return(_recorder.Swap(i, 0, -1)!);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Report(10_000);
        var filled = _recorder.Swap(9, 0, -1)!;
        Report(10_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        filled.Metrics.Touched.Count.ShouldBe(3);

        void Report(int count)
        {
            for (int i = 0; i < count; i++)
            {
                int group = _recorder.Tags.Enter(_recorder.Tags.With(TagTable.None, "page", "home"), "login");
                _recorder.Report(Wait, _scenario, group, i % 1000);
                _recorder.Report(Queue, _scenario, TagTable.None, i);
                _recorder.Check(_scenario, group, "is 200", i % 7 > 0);
            }
        }
    }

    private static long Start => new ManualTime().UnixMs;

    private static MetricKey Key(MetricInfo metric, params (string Name, string Value)[] tags) =>
        new(metric.Name, metric.Kind, metric.Unit, "s", TagSet.Of(tags.Select(t => KeyValuePair.Create(t.Name, t.Value))));

    private Dictionary<MetricKey, MetricInterval> Take()
    {
        var half = _recorder.Swap(1, 0, -1)!;
        var metrics = new Dictionary<MetricKey, MetricInterval>(IntervalTotals.From(half).Metrics);
        _recorder.Return(half);
        return metrics;
    }
}
