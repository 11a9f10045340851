namespace Onrush.Runs.Analysis;

/// <summary>The little statistics that findings need. Empty input gives 0.</summary>
internal static class Statistics
{
    /// <summary>The value in the middle.</summary>
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>The value that the given share does not exceed.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Clamp(Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>Standard deviation over mean.</summary>
    public static double Variation(IReadOnlyCollection<double> values)
    {
        if (values.Count < 2)
            return 0;
        double mean = values.Average();
        return mean == 0 ? 0 : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1)) / Math.Abs(mean);
    }

    /// <summary>
    /// Kendall's tau of a course: 1 when every later value is above every earlier one, -1 when below, around 0 without a trend.
    /// </summary>
    public static double Trend(IReadOnlyList<double> values)
    {
        int up = 0, pairs = 0;
        for (int i = 0; i < values.Count; i++)
        {
            for (int j = i + 1; j < values.Count; j++, pairs++)
                up += Math.Sign(values[j] - values[i]);
        }

        return pairs == 0 ? 0 : (double)up / pairs;
    }

    /// <summary>How alike a course is to itself a number of steps later, -1 to 1.</summary>
    public static double Autocorrelation(IReadOnlyList<double> values, int lag)
    {
        if (lag <= 0 || values.Count <= lag + 1)
            return 0;
        double mean = values.Average(), above = 0, below = 0;
        for (int i = 0; i < values.Count; i++)
            below += (values[i] - mean) * (values[i] - mean);
        for (int i = lag; i < values.Count; i++)
            above += (values[i] - mean) * (values[i - lag] - mean);
        return below <= 0 ? 0 : above / below * values.Count / (values.Count - lag);
    }

    /// <summary>Share of the variance of what was measured that a model explains; 1 is all of it.</summary>
    public static double Explained(IReadOnlyList<double> measured, IReadOnlyList<double> modelled)
    {
        double mean = measured.Average(), total = 0, left = 0;
        for (int i = 0; i < measured.Count; i++)
        {
            total += (measured[i] - mean) * (measured[i] - mean);
            left += (measured[i] - modelled[i]) * (measured[i] - modelled[i]);
        }

        return total <= 0 ? 0 : 1 - left / total;
    }
}
