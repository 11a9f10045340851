using System.Globalization;

namespace Onrush.Runs.Analysis;

/// <summary>Figures as findings write them: three significant digits, units that fit.</summary>
internal static class Say
{
    /// <summary>A number of things: 8,192.</summary>
    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A time: 0.42 ms, 350 ms, 2.5 s, 3 min.</summary>
    public static string Ms(double ms) => ms switch
    {
        < 1 => Digits(ms) + " ms",
        < 1000 => Digits(ms) + " ms",
        < 120_000 => Digits(ms / 1000) + " s",
        _ => Digits(ms / 60_000) + " min",
    };

    /// <summary>A length of time in seconds.</summary>
    public static string Seconds(double seconds) => Ms(seconds * 1000);

    /// <summary>A rate: 398/s.</summary>
    public static string Rate(double perSecond) => Digits(perSecond) + "/s";

    /// <summary>A share from 0 to 1, as percent.</summary>
    public static string Percent(double share) => Digits(share * 100) + " %";

    /// <summary>A factor: 3.2 times.</summary>
    public static string Times(double factor) => Digits(factor) + " times";

    /// <summary>A moment of the run: 1:32 is 92 seconds after its start.</summary>
    public static string Clock(double second)
    {
        var time = TimeSpan.FromSeconds(Math.Max(0, Math.Round(second)));
        return time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
    }

    /// <summary>"1 user", "3 users".</summary>
    public static string Plural(double count, string one) => $"{Count(count)} {one}{(Math.Round(count) == 1 ? "" : "s")}";

    /// <summary>A number with three significant digits.</summary>
    public static string Digits(double value) => Math.Abs(value) switch
    {
        < 0.0005 => "0",
        < 1 => value.ToString("0.###", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };

    /// <summary>Two digits: more would pretend to know.</summary>
    public static double Rounded(double value)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(value, 1))) - 1));
        return Math.Round(value / unit) * unit;
    }
}
