using System.Globalization;
using System.Net;
using Onrush.Users;

namespace Onrush.Cli.Options;

/// <summary>Readers of values: text in, typed value or a one-line complaint out. One per kind of value.</summary>
internal static class ValueReader
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static string Text(IReadOnlyList<string> texts) =>
        texts[^1].Trim() is { Length: > 0 } text ? text : throw new OptionException("a value is needed");

    public static IReadOnlyList<string> Texts(IReadOnlyList<string> texts) =>
        [.. texts.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    public static bool Flag(IReadOnlyList<string> texts) => texts.Count == 0 || texts[^1].Trim().ToLowerInvariant() switch
    {
        "" or "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" => false,
        _ => throw new OptionException($"'{texts[^1]}' is neither true nor false"),
    };

    public static Func<IReadOnlyList<string>, long> Whole(long minimum, long maximum) => texts =>
    {
        string text = Text(texts);
        if (!long.TryParse(text.Replace("_", ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            throw new OptionException($"'{text}' is not a whole number{(LooksLikeNumber(text) ? Range(minimum, maximum) : "")}");
        if (value < minimum || value > maximum)
            throw new OptionException($"{text} is not a whole number{Range(minimum, maximum)}");
        return value;
    };

    public static Func<IReadOnlyList<string>, int> Int(int minimum, int maximum)
    {
        Func<IReadOnlyList<string>, long> whole = Whole(minimum, maximum);
        return texts => (int)whole(texts);
    }

    /// <summary>A number above zero.</summary>
    public static Func<IReadOnlyList<string>, double> PositiveNumber(double maximum) => texts =>
    {
        string text = Text(texts);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || double.IsNaN(value))
            throw new OptionException($"'{text}' is not a number");
        if (value <= 0 || value > maximum)
            throw new OptionException(string.Create(CultureInfo.InvariantCulture, $"{text} is not above 0 and at most {maximum:#,0}"));
        return value;
    };

    public static Func<IReadOnlyList<string>, TimeSpan> Length(bool zero) => texts =>
    {
        string text = Text(texts);
        if (!Duration.TryParse(text, out TimeSpan value))
            throw new OptionException($"'{text}' is not a length of time such as 20, 20s, 3m, 2h or 1h20m");
        if (value == TimeSpan.Zero && !zero)
            throw new OptionException($"'{text}' is too short; it has to be above zero");
        return value <= Longest ? value : throw new OptionException($"'{text}' is more than {Longest.TotalDays:0} days");
    };

    public static Func<IReadOnlyList<string>, T> Choice<T>(params (string Text, T Value)[] choices) => texts =>
    {
        string text = Text(texts);
        foreach ((string name, T value) in choices)
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase))
                return value;
        throw new OptionException($"'{text}' is none of {string.Join(", ", choices.Select(choice => choice.Text))}");
    };

    public static IReadOnlyList<IPAddress> Addresses(IReadOnlyList<string> texts) =>
        [.. Texts(texts).Select(text => IPAddress.TryParse(text, out IPAddress? address)
            ? address
            : throw new OptionException($"'{text}' is not an IP address"))];

    /// <summary>An http or https URL; a bare host gets http in front, which is what is meant by it.</summary>
    public static string Host(IReadOnlyList<string> texts)
    {
        string text = Text(texts);
        string url = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw new OptionException($"'{text}' is not a URL such as http://127.0.0.1:8080");
        if (uri.Scheme is not ("http" or "https"))
            throw new OptionException($"'{text}' is neither an http nor an https URL");
        return url.TrimEnd('/');
    }

    private static bool LooksLikeNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Range(long minimum, long maximum) => (minimum, maximum) switch
    {
        (long.MinValue, long.MaxValue) => "",
        (_, long.MaxValue) => string.Create(CultureInfo.InvariantCulture, $" from {minimum}"),
        _ => string.Create(CultureInfo.InvariantCulture, $" from {minimum} to {maximum:#,0}"),
    };
}
