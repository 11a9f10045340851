namespace Onrush.Runs.Comparison;

/// <summary>Student's distribution, for intervals from few blocks.</summary>
internal static class StudentT
{
    /// <summary>The value that is not exceeded with the given probability.</summary>
    /// <param name="probability">Between 0.5 and 1.</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double Quantile(double probability, double degrees)
    {
        double low = 0, high = 1;
        while (Cumulative(high, degrees) < probability && high < 1e9)
            high *= 2;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Cumulative(middle, degrees) < probability ? (middle, high) : (low, middle);
        }
        return (low + high) / 2;
    }

    /// <summary>The probability of at most this value, for values from 0.</summary>
    public static double Cumulative(double value, double degrees) =>
        1 - IncompleteBeta(degrees / (degrees + value * value), degrees / 2, 0.5) / 2;

    // Continued fraction of the regularised incomplete beta function, evaluated by Lentz's method.
    private static double IncompleteBeta(double x, double a, double b)
    {
        if (x <= 0)
            return 0;
        if (x >= 1)
            return 1;
        if (x > (a + 1) / (a + b + 2))
            return 1 - IncompleteBeta(1 - x, b, a);
        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x)) / a;
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), fraction = d;
        for (int m = 1; m <= 500; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            fraction *= c * d;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            double step = c * d;
            fraction *= step;
            if (Math.Abs(step - 1) < 1e-14)
                break;
        }
        return front * fraction;
    }

    private static double NotZero(double value) => Math.Abs(value) < 1e-300 ? 1e-300 : value;

    // Stirling's series, after the argument was raised to where it is exact.
    private static double LogGamma(double x)
    {
        double shift = 0;
        for (; x < 10; x++)
            shift -= Math.Log(x);
        double inverse = 1 / (x * x);
        return shift + (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI)
            + (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / x;
    }
}
