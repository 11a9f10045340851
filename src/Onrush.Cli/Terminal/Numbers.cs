using System.Globalization;
using Onrush.Measurement;

namespace Onrush.Cli.Terminal;

/// <summary>Numbers as the console shows them.</summary>
internal static class Numbers
{
    /// <summary>Milliseconds with about three significant digits: 0.11, 4.2, 35, 1234.</summary>
    public static string Ms(double value) => value switch
    {
        < 0.995 => Text(value, "0.00"),
        < 9.95 => Text(value, "0.0"),
        _ => Text(value, "0"),
    };

    /// <summary>A value of a load test's own metric, with about four significant digits; of bytes with their unit.</summary>
    public static string Value(double value, MetricUnit unit)
    {
        if (unit == MetricUnit.Bytes && Math.Abs(value) >= 1000)
        {
            int step = Math.Min((int)(Math.Log10(Math.Abs(value)) / 3), 5);
            return Text(value / Math.Pow(1000, step), "0.0") + $" {"kMGTP"[step - 1]}B";
        }

        string text = Math.Abs(value) switch
        {
            < 1 => Text(value, "0.####"),
            < 100 => Text(value, "0.##"),
            < 10_000 => Text(value, "0.#"),
            < 1e15 => Text(value, "#,0"),
            _ => Text(value, "0.###e0"),
        };
        return unit == MetricUnit.Bytes ? text + " B" : text;
    }

    /// <summary>A rate per second.</summary>
    public static string Rate(double value) => Text(value, "0.00");

    /// <summary>A rate in a place where there is little room.</summary>
    public static string ShortRate(double value) => Text(value, value < 99.95 ? "0.0" : "#,0");

    /// <summary>A count with separators, for sentences.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A count in at most five characters: 9999, 12.3k, 1.2M.</summary>
    public static string Short(long value) => value switch
    {
        < 10_000 => Text(value, "0"),
        < 99_950 => Text(value / 1e3, "0.0") + "k",
        < 999_500 => Text(value / 1e3, "0") + "k",
        < 99_950_000 => Text(value / 1e6, "0.0") + "M",
        _ => Text(value / 1e6, "0") + "M",
    };

    /// <summary>A count with its noun: 1 user, 2,000 users.</summary>
    public static string Plural(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A share from 0 to 1 in percent. Never 0.00 % or 100.00 % unless it is exactly that.</summary>
    public static string Percent(double ratio)
    {
        double percent = ratio * 100;
        if (ratio > 0)
            percent = Math.Max(percent, 0.01);
        if (ratio < 1)
            percent = Math.Min(percent, 99.99);
        return Text(percent, "0.00") + "%";
    }

    /// <summary>A length of time for a status line: 12 ms, 4.7 s, 2:05.</summary>
    public static string Age(TimeSpan value) => value.TotalMilliseconds switch
    {
        <= 0 => "-",
        < 999.5 => Ms(value.TotalMilliseconds) + " ms",
        < 59_950 => Text(value.TotalSeconds, "0.0") + " s",
        _ => Clock(value),
    };

    /// <summary>Minutes and seconds, hours when there are any.</summary>
    public static string Clock(TimeSpan value)
    {
        long seconds = (long)value.TotalSeconds;
        return seconds >= 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
