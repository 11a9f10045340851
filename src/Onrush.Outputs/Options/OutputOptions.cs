using System.Globalization;
using Onrush.Scenarios;
using Onrush.Users;

namespace Onrush.Outputs.Options;

/// <summary>
/// Hands the options of one --out to its type, each read once and checked. What nobody read is a mistake of the person who wrote it: <see cref="CheckAllRead"/>.
/// Keys are compared without case, dashes and underscores, so that k6's pushInterval and our push-interval are one.
/// </summary>
internal sealed class OutputOptions
{
    private readonly OutputSpec _spec;
    private readonly Dictionary<string, string> _values = [];
    private readonly SortedDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <param name="spec">What was asked for.</param>
    /// <exception cref="OutputException">An option is given twice.</exception>
    public OutputOptions(OutputSpec spec)
    {
        _spec = spec;
        foreach (var (key, value) in spec.Options)
        {
            if (!_values.TryAdd(Plain(key), value))
                throw new OutputException($"{spec}: {key} is given twice");
        }
    }

    /// <summary>Where to, as it was written.</summary>
    public string Target => _spec.Target;

    /// <summary>The same for messages, type and all, without secrets.</summary>
    public string Shown => _spec.ToString();

    /// <summary>An error of this output.</summary>
    public OutputException Error(string message) => new($"{_spec}: {message}");

    /// <summary>A text; null when it is not given.</summary>
    public string? Text(string key, params string[] aliases)
    {
        foreach (var name in aliases.Prepend(key))
        {
            _known[Plain(name)] = key;
            if (_values.TryGetValue(Plain(name), out var value))
                return value.Trim().Length > 0 ? value.Trim() : throw Error($"{key} needs a value");
        }

        return null;
    }

    /// <summary>A password or token; <c>env:NAME</c> takes it from a variable, so that it stands in no list of processes.</summary>
    public string? Secret(string key)
    {
        if (Text(key) is not { } text || !text.StartsWith("env:", StringComparison.Ordinal))
            return Text(key);
        return Environment.GetEnvironmentVariable(text[4..]) is { Length: > 0 } value ? value : throw Error($"{key}: the environment variable {text[4..]} is not set");
    }

    /// <summary>Yes or no.</summary>
    public bool Flag(string key, bool @default = false) => Text(key)?.ToLowerInvariant() switch
    {
        null => @default,
        "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" => false,
        var text => throw Error($"{key}: '{text}' is neither true nor false"),
    };

    /// <summary>One of several words.</summary>
    public T Choice<T>(string key, T @default, params (string Text, T Value)[] choices)
    {
        if (Text(key) is not { } text)
            return @default;
        foreach (var (name, value) in choices)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        throw Error($"{key}: '{text}' is none of {string.Join(", ", choices.Select(choice => choice.Text))}{Suggestion.For(text, choices.Select(choice => choice.Text))}");
    }

    /// <summary>A length of time.</summary>
    public TimeSpan Length(string key, TimeSpan @default, TimeSpan least, TimeSpan most, params string[] aliases)
    {
        if (Text(key, aliases) is not { } text)
            return @default;
        if (!Duration.TryParse(text, out var length))
            throw Error($"{key}: '{text}' is not a length of time such as 10s or 1m");
        return length >= least && length <= most ? length : throw Error($"{key}: {text} is not between {Duration.Format(least)} and {Duration.Format(most)}");
    }

    /// <summary>A whole number.</summary>
    public int Int(string key, int @default, int least, int most)
    {
        if (Text(key) is not { } text)
            return @default;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Error(string.Create(CultureInfo.InvariantCulture, $"{key}: '{text}' is not a whole number from {least} to {most:#,0}"));
    }

    /// <summary>A number of bytes: 500000, 500k, 64M or 64MiB.</summary>
    public long Bytes(string key, long @default, long least)
    {
        if (Text(key) is not { } text)
            return @default;
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var factor = text[digits..].ToUpperInvariant().TrimEnd('B').TrimEnd('I') switch { "" => 1L, "K" => 1L << 10, "M" => 1L << 20, "G" => 1L << 30, _ => 0 };
        if (factor == 0 || digits is 0 or > 9)
            throw Error($"{key}: '{text}' is not a number of bytes such as 64MiB");
        var bytes = long.Parse(text[..digits], CultureInfo.InvariantCulture) * factor;
        return bytes >= least ? bytes : throw Error(string.Create(CultureInfo.InvariantCulture, $"{key}: {text} is less than {least} bytes"));
    }

    /// <summary>Further tags, as in <c>tags=team:red,stage:test</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags(string key)
    {
        if (Text(key) is not { } text)
            return [];
        return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(tag =>
            tag.IndexOf(':', StringComparison.Ordinal) is > 0 and var at && at < tag.Length - 1
                ? KeyValuePair.Create(tag[..at], tag[(at + 1)..])
                : throw Error($"{key}: '{tag}' is not name:value"))];
    }

    /// <summary>The target as an http or https URL, without user and password, which are options if they are in it.</summary>
    /// <param name="example">What one looks like.</param>
    public Uri Url(string example)
    {
        if (!Uri.TryCreate(Target, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            throw Error($"an http or https URL is needed, as in {example}");
        if (url.UserInfo.Length == 0)
            return url;
        var parts = url.UserInfo.Split(':', 2);
        _values.TryAdd("username", Uri.UnescapeDataString(parts[0]));
        if (parts.Length > 1)
            _values.TryAdd("password", Uri.UnescapeDataString(parts[1]));
        return new UriBuilder(url) { UserName = "", Password = "" }.Uri;
    }

    /// <summary>Refuses options that the type does not have.</summary>
    /// <exception cref="OutputException">There is one.</exception>
    public void CheckAllRead()
    {
        foreach (var (key, _) in _spec.Options)
        {
            if (!_known.ContainsKey(Plain(key)))
            {
                var names = _known.Values.Distinct().Order(StringComparer.Ordinal).ToArray();
                throw Error($"there is no option '{key}'{Suggestion.For(key, names)} (there are {string.Join(", ", names)})");
            }
        }
    }

    private static string Plain(string key) => key.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
