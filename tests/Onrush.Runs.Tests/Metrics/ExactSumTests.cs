namespace Onrush.Runs.Tests.Metrics;

public sealed class ExactSumTests
{
    [Fact]
    public void Small_values_survive_large_ones()
    {
        var sum = new ExactSum();
        foreach (var value in (double[])[1e16, 1, -1e16, 0.25])
            sum.Add(value);
        sum.Value.ShouldBe(1.25);
        new ExactSum().Value.ShouldBe(0);
    }

    [Fact]
    public void Ten_tenths_are_one()
    {
        var sum = new ExactSum();
        for (var i = 0; i < 10; i++)
            sum.Add(0.1);
        sum.Value.ShouldBe(1);
    }

    [Fact]
    public void The_order_makes_no_difference_nor_does_the_grouping()
    {
        var random = new Random(1);
        for (var round = 0; round < 50; round++)
        {
            double[] values = [.. Enumerable.Range(0, 200).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 18)))];
            var expected = Sum(values).Value;
            random.Shuffle(values);
            Sum(values).Value.ShouldBe(expected);
            var parts = Sum(values[..50]);
            parts.Add(Sum(values[50..]));
            parts.Value.ShouldBe(expected);
            Math.Abs(expected - (double)values.Sum(v => (decimal)v)).ShouldBeLessThan(1e-6 * Math.Max(1, Math.Abs(expected)));
        }
    }

    private static ExactSum Sum(double[] values)
    {
        var sum = new ExactSum();
        foreach (var value in values)
            sum.Add(value);
        return sum;
    }
}
