using System.Globalization;

namespace Onrush.Scenarios;

/// <summary>What can be wrong with a field of a scenario: each gives a sentence, or null when all is well.</summary>
internal static class Faults
{
    /// <summary>Lengths of time are below this, so that nanoseconds can be counted over any sum of them.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>k6's least length.</summary>
    public static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static string? AtLeast(string field, long value, long least) =>
        value >= least ? null : $"{field} is {value}; it has to be a whole number from {least}";

    public static string? Rate(string field, double value, bool zero)
    {
        if (value <= Scenarios.Rate.Greatest && (zero ? value >= 0 : value > 0 && Scenarios.Rate.Scaled(value) > 0))
            return null;
        return string.Create(CultureInfo.InvariantCulture, $"{field} is {value}; it has to be a number {(zero ? "from 0 to" : "above 0 and at most")} {Scenarios.Rate.Greatest:#,0}");
    }

    public static string? Length(string field, Duration value, TimeSpan least)
    {
        if (value.Refused is { } text)
            return $"{field} is '{text}'; it has to be a length of time such as 20s, 500ms, 3m or 1h20m";
        if (value.Value < least)
            return $"{field} is {Text(value.Value)}; it has to be at least {Duration.Format(least)}";
        return value.Value <= Longest ? null : $"{field} is {value}; it has to be at most {Longest.TotalDays:0} days";
    }

    public static string? Stages(IReadOnlyList<Stage>? stages, double atStart, string startField, bool whole)
    {
        if (stages is null || stages.Count == 0)
            return "stages is empty; it needs at least one, such as (\"30s\", 100)";
        for (var i = 0; i < stages.Count; i++)
        {
            var (length, target) = stages[i];
            var field = $"the target of stage {i + 1}";
            if (Length($"the duration of stage {i + 1}", length, TimeSpan.Zero) is { } bad)
                return bad;
            if (whole && !(target is >= 0 and <= int.MaxValue && target == Math.Floor(target)))
                return string.Create(CultureInfo.InvariantCulture, $"{field} is {target}; it has to be a whole number of users from 0");
            if (!whole && Rate(field, target, zero: true) is { } rate)
                return rate;
        }

        if (stages.Sum(stage => stage.Duration.Value.TotalSeconds) <= 0)
            return "stages has no length; at least one stage has to take some time";
        if (stages.Sum(stage => stage.Duration.Value.TotalDays) > Longest.TotalDays)
            return $"stages is longer than {Longest.TotalDays:0} days";
        return atStart > 0 || stages.Any(stage => stage.Target > 0) ? null : $"{startField} and all targets are 0; one of them has to be above 0";
    }

    /// <summary>Nanoseconds of a length of time that was checked.</summary>
    public static long Nanoseconds(this Duration duration) => duration.Value.Ticks * TimeSpan.NanosecondsPerTick;

    private static string Text(TimeSpan value) => value < TimeSpan.Zero ? $"-{Duration.Format(-value)}" : Duration.Format(value);
}
