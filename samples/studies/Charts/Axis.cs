using System.Globalization;

namespace Studies.Charts;

/// <summary>An axis from 0, with round numbers at its ticks.</summary>
/// <param name="End">Where it ends.</param>
/// <param name="Step">From tick to tick.</param>
internal sealed record Axis(double End, double Step)
{
    private const int MostTicks = 7;

    private static readonly double[] Round = [1, 2, 2.5, 5, 10];

    /// <summary>Where the ticks are.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)(End / Step * 1.000001) + 1).Select(tick => tick * Step);

    /// <summary>An axis for values up to the largest.</summary>
    /// <param name="largest">It.</param>
    /// <param name="isWhole">Whether it ends at a tick; else at the largest value.</param>
    public static Axis UpTo(double largest, bool isWhole)
    {
        largest = Math.Max(largest, 1e-6);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(largest / MostTicks)));
        var step = Round.Select(factor => factor * unit).First(step => largest / step <= MostTicks);
        return new Axis(isWhole ? Math.Ceiling(largest / step * 0.99999) * step : largest, step);
    }

    public static string Label(double value) => value.ToString(value < 10 ? "0.##" : "#,0", CultureInfo.InvariantCulture);
}
