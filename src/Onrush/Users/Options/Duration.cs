using System.Globalization;

namespace Onrush.Users;

/// <summary>Lengths of time as people type them: <c>20</c> (seconds), <c>1.5s</c>, <c>500ms</c>, <c>3m</c>, <c>2h</c>, <c>1d</c>, <c>1h20m</c>.</summary>
internal static class Duration
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)];

    /// <summary>Reads <paramref name="text"/>; each unit may stand once, from the largest to the smallest.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty)
            return false;
        if (IsNumber(rest, out var plain))
            return Convert(plain, out duration);

        var seconds = 0.0;
        var largest = double.PositiveInfinity;
        while (!rest.IsEmpty)
        {
            var digits = 0;
            while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.'))
                digits++;
            if ( !IsNumber(rest[..digits], out var amount) || Unit(rest[digits..]) is not { } unit || unit.Seconds >= largest)
                return false;

            seconds += amount * unit.Seconds;
            largest = unit.Seconds;
            rest = rest[(digits + unit.Unit.Length)..];
        }

        return Convert(seconds, out duration);
    }

    /// <summary>The shortest text that reads back to the same length: <c>1h20m</c>, <c>1.5s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.FromSeconds(1))
            return duration == TimeSpan.Zero ? "0s" : FormattableString.Invariant($"{duration.TotalMilliseconds}ms");

        var text = "";
        if (duration.Days > 0)
            text += $"{duration.Days}d";
        if (duration.Hours > 0)
            text += $"{duration.Hours}h";
        if (duration.Minutes > 0)
            text += $"{duration.Minutes}m";
        var seconds = duration.Ticks % TimeSpan.TicksPerMinute / (double)TimeSpan.TicksPerSecond;
        return seconds > 0 ? text + FormattableString.Invariant($"{seconds}s") : text;
    }

    private static (string Unit, double Seconds)? Unit(ReadOnlySpan<char> text)
    {
        foreach (var unit in Units)
        {
            if (text.StartsWith(unit.Unit, StringComparison.OrdinalIgnoreCase))
                return unit;
        }

        return null;
    }

    private static bool IsNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private static bool Convert(double seconds, out TimeSpan duration)
    {
        duration = default;
        if (!(seconds <= TimeSpan.MaxValue.TotalSeconds / 2))
            return false;
        duration = TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        return true;
    }
}
