using System.Globalization;

namespace Onrush;

/// <summary>
/// A length of time in a load test, as people type it: <c>"20"</c> (seconds), <c>"1.5s"</c>, <c>"500ms"</c>, <c>"3m"</c>, <c>"2h"</c>, <c>"1d"</c>,
/// <c>"1h20m"</c>; or a <see cref="TimeSpan"/>. A text that is none is refused when the load test is read, with the name of what it was meant for.
/// </summary>
public readonly record struct Duration
{
    private readonly string? _refused;

    private Duration(TimeSpan value, string? refused = null)
    {
        Value = value;
        _refused = refused;
    }

    /// <summary>The length; zero when the text was none.</summary>
    internal TimeSpan Value { get; }

    /// <summary>The text that is no length of time; null when all is well.</summary>
    internal string? Refused => _refused;

    /// <summary>Takes a length of time as text.</summary>
    public static implicit operator Duration(string text) => FromString(text);

    /// <summary>Takes a length of time.</summary>
    public static implicit operator Duration(TimeSpan length) => FromTimeSpan(length);

    /// <summary>Takes a length of time as text.</summary>
    public static Duration FromString(string text) => TryParse(text ?? "", out var value) ? new Duration(value) : new Duration(default, text ?? "");

    /// <summary>Takes a length of time.</summary>
    public static Duration FromTimeSpan(TimeSpan length) => new(length);

    /// <inheritdoc/>
    public override string ToString() => Refused ?? Format(Value);

    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)];

    /// <summary>Reads <paramref name="text"/>; each unit may stand once, from the largest to the smallest.</summary>
    internal static bool TryParse(string text, out TimeSpan duration)
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
    internal static string Format(TimeSpan duration)
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
