namespace Onrush.Runs;

/// <summary>The distribution of one time of many requests. All values in milliseconds; 0 while <see cref="Count"/> is 0.</summary>
public sealed record ResponseTimes
{
    /// <summary>The distribution of nothing.</summary>
    public static readonly ResponseTimes None = new();

    /// <summary>The percentiles that are kept, as fractions in ascending order: 0.5, 0.66, 0.75, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 0.9999, 1.</summary>
    public static IReadOnlyList<double> Ranks { get; } = [0.50, 0.66, 0.75, 0.80, 0.90, 0.95, 0.98, 0.99, 0.999, 0.9999, 1.0];

    /// <summary>Number of values.</summary>
    public long Count { get; init; }

    /// <summary>Arithmetic mean, exact.</summary>
    public double AverageMs { get; init; }

    /// <summary>Smallest value, exact.</summary>
    public double MinMs { get; init; }

    /// <summary>Largest value, exact.</summary>
    public double MaxMs { get; init; }

    /// <summary>Half of the values are at most this.</summary>
    public double MedianMs => Percentile(0.5);

    /// <summary>One value per entry of <see cref="Ranks"/>; never above the largest nor below the smallest value.</summary>
    public IReadOnlyList<double> Percentiles { get; init; } = new double[11];

    /// <summary>The value that the given share of the values does not exceed, within 0.8 %.</summary>
    /// <param name="fraction">One of <see cref="Ranks"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The percentile is not among <see cref="Ranks"/>.</exception>
    public double Percentile(double fraction)
    {
        for (int i = 0; i < Ranks.Count; i++)
            if (Math.Abs(Ranks[i] - fraction) < 1e-9)
                return Percentiles[i];
        throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "Not one of the percentiles that are kept.");
    }
}
