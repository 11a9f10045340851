using System.Globalization;
using Onrush.Measurement;

namespace Onrush.Runs.Capacity;

/// <summary>
/// One part of what the target has to keep:
/// <code>
/// slo    = rule { "," rule }
/// rule   = times "&lt;" number [ "ms" | "s" ] | "failed" "&lt;" number [ "%" ]
/// times  = "p(" percentile ")" | "avg" | "med" | "max"
/// </code>
/// A time without a unit is in milliseconds, a share without % is from 0 to 1.
/// </summary>
/// <param name="Text">As it was written.</param>
/// <param name="Percentile">What of the response times is compared, from 0 to 1; null for the average.</param>
/// <param name="IsFailed">Whether it is about the share of failed requests instead.</param>
/// <param name="Limit">Milliseconds, or the share from 0 to 1; what is found has to be below.</param>
internal sealed record SloRule(string Text, double? Percentile, bool IsFailed, double Limit)
{
    /// <summary>Reads the rules.</summary>
    /// <exception cref="FormatException">They make no sense; the message says which and how to write them.</exception>
    public static IReadOnlyList<SloRule> Parse(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? throw Wrong(text) : [.. parts.Select(One)];
    }

    /// <summary>What was found, in the unit of <see cref="Limit"/>.</summary>
    public double Of(StepFigures figures) => IsFailed ? figures.FailedShare
        : Percentile is { } percentile ? figures.Times.Percentile(percentile) / 1e6
        : figures.Times.Average / 1e6;

    /// <summary>Whether it is kept.</summary>
    public bool Holds(StepFigures figures) => Of(figures) < Limit;

    private static SloRule One(string text)
    {
        string[] sides = text.Replace(" ", "", StringComparison.Ordinal).Split('<');
        if (sides.Length != 2)
            throw Wrong(text);
        string what = sides[0].ToLowerInvariant(), limit = sides[1].TrimStart('=').ToLowerInvariant();
        if (what == "failed")
            return new SloRule(text, null, true, Number(limit.TrimEnd('%'), text) / (limit.EndsWith('%') ? 100 : 1));
        double ms = limit.EndsWith("ms", StringComparison.Ordinal) ? Number(limit[..^2], text) : limit.EndsWith('s') ? Number(limit[..^1], text) * 1000 : Number(limit, text);
        return new SloRule(text, what switch
        {
            "avg" => null,
            "med" => 0.5,
            "max" => 1,
            ['p', '(', .. var percentile, ')'] when Number(percentile, text) is > 0 and <= 100 and var p => p / 100,
            _ => throw Wrong(text),
        }, false, ms);
    }

    private static double Number(string text, string rule) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > 0 && double.IsFinite(number) ? number : throw Wrong(rule);

    private static FormatException Wrong(string text) =>
        new($"'{text}' is no rule of a service level; write for instance p(95)<1000 (milliseconds), avg<0.5s, max<2s or failed<1%, several with commas");
}
