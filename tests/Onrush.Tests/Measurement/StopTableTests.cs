using Onrush.Measurement;

namespace Onrush.Tests.Measurement;

public sealed class StopTableTests
{
    [Fact]
    public void Users_that_ended_for_a_reason_leave_as_a_counter_with_tags()
    {
        var table = new StopTable(10);
        table.Add("peak", "Buyer", "no row left", 100);
        table.Add("peak", "Buyer", "no row left", 200);
        table.Add("peak", "Looker", "no row left", 150);

        var metrics = table.ToMetrics();

        metrics.Count.ShouldBe(2);
        var key = new MetricKey("users_stopped", MetricKind.Counter, MetricUnit.None, "peak", TagSet.Of([new("reason", "no row left"), new("user_class", "Buyer")]));
        metrics[key].ShouldBe(new MetricInterval(2, 2, 1, 1, 1, 200, HistogramData.Empty));
        table.Clear();
        table.ToMetrics().ShouldBeEmpty();
    }

    [Fact]
    public void Reasons_past_the_limit_are_counted_together_and_long_ones_cut()
    {
        var table = new StopTable(2);
        for (var i = 0; i < 5; i++)
            table.Add("s", "U", $"reason {i} {new string('x', 300)}", i);

        var metrics = table.ToMetrics();

        metrics.Sum(metric => metric.Value.Count).ShouldBe(5);
        metrics.Count.ShouldBe(3);
        metrics.Single(metric => metric.Key.Tags["reason"] == "(other reasons)").Value.Sum.ShouldBe(3);
        metrics.ShouldAllBe(metric => metric.Key.Tags["reason"]!.Length <= 200);
    }
}
