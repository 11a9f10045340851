namespace Onrush.Scenarios;

/// <summary>A rate as a fraction of whole numbers, so that due times are exact over any length. Nine decimals are kept.</summary>
/// <param name="Count">Arrivals.</param>
/// <param name="Per">In so many time units.</param>
internal readonly record struct Rate(long Count, long Per)
{
    /// <summary>Decimals of a rate that count.</summary>
    public const long Precision = 1_000_000_000;

    /// <summary>The greatest rate that can be told exactly.</summary>
    public const double Greatest = 1e9;

    /// <summary>The fraction for a number from 0 to <see cref="Greatest"/>.</summary>
    public static Rate Of(double perUnit)
    {
        var count = Scaled(perUnit);
        var divisor = count == 0 ? Precision : Gcd(count, Precision);
        return new Rate(count / divisor, Precision / divisor);
    }

    /// <summary>The number in units of one by <see cref="Precision"/>.</summary>
    public static long Scaled(double perUnit) => (long)Math.Round((decimal)perUnit * Precision);

    /// <summary>The greatest common divisor of two numbers that are not both 0.</summary>
    public static long Gcd(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
