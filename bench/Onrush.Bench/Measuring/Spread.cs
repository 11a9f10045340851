namespace Onrush.Bench.Measuring;

/// <summary>Median and range of one figure over the rounds.</summary>
internal readonly record struct Spread(int Count, double Median, double Min, double Max)
{
    /// <summary>Of at least one value.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted.Length, median, sorted[0], sorted[^1]);
    }
}
