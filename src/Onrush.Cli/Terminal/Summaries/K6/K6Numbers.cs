using System.Globalization;
using Onrush.Measurement;

namespace Onrush.Cli.Terminal.Summaries.K6;

/// <summary>Numbers to the character as k6 prints them, in the arithmetic of doubles that it does.</summary>
internal static class K6Numbers
{
    private static readonly string[] ByteUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>A value in the unit of its metric.</summary>
    public static string Value(double value, MetricUnit metric, TimeUnit unit) => metric switch
    {
        MetricUnit.Milliseconds => Time(value, unit),
        MetricUnit.Bytes => Bytes(value),
        _ => Plain(value),
    };

    /// <summary>At most six decimals, without zeros at the end: 5.697102.</summary>
    public static string Plain(double value) => Fixed(value, 6).TrimEnd('0').TrimEnd('.');

    /// <summary>A share from 0 to 1: two decimals, cut off rather than rounded, so that 99.999 % is not shown as all.</summary>
    public static string Percent(double share) => Fixed(Math.Truncate(share * 100 * 100) / 100, 2) + "%";

    /// <summary>Thousands, with one decimal below ten: 718 B, 9.8 kB, 52 MB.</summary>
    public static string Bytes(double bytes)
    {
        if (bytes < 10)
            return Plain(bytes) + " B";
        int power = Math.Min((int)Math.Floor(Math.Log(bytes) / Math.Log(1000)), ByteUnits.Length - 1);
        double value = Math.Floor((bytes / Math.Pow(1000, power) * 10) + 0.5) / 10;
        return Fixed(value, value < 10 ? 1 : 0) + " " + ByteUnits[power];
    }

    /// <summary>Milliseconds: 21µs, 7.1ms, 5.22s, 1m30s, 1h2m3s; with a unit that was asked for, two decimals of it.</summary>
    public static string Time(double ms, TimeUnit unit) => unit switch
    {
        TimeUnit.Seconds => Fixed(ms * 0.001, 2) + "s",
        TimeUnit.Milliseconds => Fixed(ms, 2) + "ms",
        TimeUnit.Microseconds => Fixed(ms * 1000, 2) + "µs",
        _ => Fitting(ms),
    };

    private static string Fitting(double ms)
    {
        switch (ms)
        {
            case 0:
                return "0s";
            case < 0.001:
                return Cut(ms * 1e6, 0) + "ns";
            case < 1:
                return Cut(ms * 1000, 2) + "µs";
            case < 1000:
                return Cut(ms, 2) + "ms";
        }

        string text = Cut(ms % 60_000 / 1000, ms > 60_000 ? 0 : 2) + "s";
        long minutes = (long)(ms / 60_000);
        if (minutes < 1)
            return text;
        text = $"{minutes % 60}m{text}";
        return minutes < 60 ? text : $"{minutes / 60}h{text}";
    }

    // Cut off, and without zeros at the end.
    private static string Cut(double value, int decimals)
    {
        double scale = Math.Pow(10, decimals);
        return Plain(Math.Truncate(scale * value) / scale);
    }

    // Rounded as in JavaScript: by the exact value of the double, and halves up. The first is what F gives; halves are told by the digits behind.
    private static string Fixed(double value, int decimals)
    {
        string exact = value.ToString("F" + (decimals + 30), CultureInfo.InvariantCulture);
        bool isHalf = exact[^30] == '5' && exact.AsSpan(exact.Length - 29).TrimEnd('0').IsEmpty;
        return (isHalf ? Math.BitIncrement(value) : value).ToString("F" + decimals, CultureInfo.InvariantCulture);
    }
}
