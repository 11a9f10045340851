namespace Onrush.Runs.Analysis;

/// <summary>How sure a fit is.</summary>
internal enum FitConfidence
{
    /// <summary>Too few levels, too narrow a range, or a curve that does not fit.</summary>
    NotEnoughData,

    /// <summary>Good for a rough figure.</summary>
    Fair,

    /// <summary>Many levels over a wide range, and a curve that fits.</summary>
    High,
}

/// <summary>
/// Gunther's Universal Scalability Law: with N requests at a time a target gives X(N) = g N / (1 + s (N - 1) + k N (N - 1)). s is the share of the work that
/// is done one at a time, k what it costs that everybody waits for everybody.
/// </summary>
/// <param name="PerRequest">g: requests per second of a single one at a time.</param>
/// <param name="Contention">s.</param>
/// <param name="Coherency">k.</param>
/// <param name="Fit">Share of the variance of the throughput that the curve explains.</param>
/// <param name="Confidence">How sure it is.</param>
internal sealed record UniversalScalability(double PerRequest, double Contention, double Coherency, double Fit, FitConfidence Confidence)
{
    /// <summary>Requests at a time at which the throughput is largest; infinite when it never falls.</summary>
    public double Peak => Coherency <= 0 ? double.PositiveInfinity : Math.Sqrt((1 - Math.Min(Contention, 1)) / Coherency);

    /// <summary>Requests per second with so many at a time.</summary>
    public double At(double concurrency) =>
        PerRequest * concurrency / (1 + Contention * (concurrency - 1) + Coherency * concurrency * (concurrency - 1));

    /// <summary>The curve through the levels.</summary>
    public static UniversalScalability Of(IReadOnlyList<LoadLevel> levels)
    {
        LoadLevel[] used = [.. levels.Where(l => l is { Throughput: > 0, Concurrency: > 0 })];
        if (used.Length < 4)
            return new UniversalScalability(0, 0, 0, 0, FitConfidence.NotEnoughData);
        // N / X is a polynomial of N: least squares, weighed so that each level counts by its relative error.
        var best = new UniversalScalability(0, 0, 0, double.NegativeInfinity, FitConfidence.NotEnoughData);
        foreach (bool[] free in (bool[][])[[true, true, true], [true, true, false], [true, false, true], [true, false, false]])
        {
            if (Solve(used, free) is not { } c || c[0] <= 0 || c[1] < 0 || c[2] < 0)
                continue;
            var curve = new UniversalScalability(1 / c[0], c[1] / c[0], c[2] / c[0], 0, FitConfidence.NotEnoughData);
            double fit = Statistics.Explained([.. used.Select(l => l.Throughput)], [.. used.Select(l => curve.At(l.Concurrency))]);
            if (fit > best.Fit + 1e-9)
                best = curve with { Fit = fit };
        }

        double range = used.Max(l => l.Concurrency) / used.Min(l => l.Concurrency);
        return best with
        {
            Confidence = used.Length >= 6 && range >= 8 && best.Fit >= 0.95 ? FitConfidence.High
                : used.Length >= 4 && range >= 4 && best.Fit >= 0.85 ? FitConfidence.Fair
                : FitConfidence.NotEnoughData,
        };
    }

    // N / X = a + b (N - 1) + c N (N - 1), with those of a, b and c that are free; the others are 0.
    private static double[]? Solve(LoadLevel[] levels, bool[] free)
    {
        int[] columns = [.. Enumerable.Range(0, 3).Where(i => free[i])];
        int n = columns.Length;
        var matrix = new double[n, n + 1];
        foreach (var level in levels)
        {
            double x = level.Concurrency, y = x / level.Throughput, weight = 1 / (y * y);
            double[] terms = [1, x - 1, x * (x - 1)];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                    matrix[i, j] += weight * terms[columns[i]] * terms[columns[j]];
                matrix[i, n] += weight * terms[columns[i]] * y;
            }
        }

        for (int i = 0; i < n; i++)
        {
            int pivot = Enumerable.Range(i, n - i).MaxBy(r => Math.Abs(matrix[r, i]));
            if (Math.Abs(matrix[pivot, i]) < 1e-30)
                return null;
            for (int j = 0; j <= n; j++)
                (matrix[i, j], matrix[pivot, j]) = (matrix[pivot, j], matrix[i, j]);
            for (int r = 0; r < n; r++)
            {
                double factor = r == i ? 0 : matrix[r, i] / matrix[i, i];
                for (int j = i; j <= n && factor != 0; j++)
                    matrix[r, j] -= factor * matrix[i, j];
            }
        }

        var all = new double[3];
        for (int i = 0; i < n; i++)
            all[columns[i]] = matrix[i, n] / matrix[i, i];
        return all;
    }
}
