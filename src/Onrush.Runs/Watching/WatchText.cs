using Onrush.Users;

namespace Onrush.Runs.Watching;

/// <summary>
/// What is to be watched, as it was written: <c>KIND=ADDRESS[&amp;option=value ...]</c>. An &amp; that belongs to an address or value is written as %26, a % that two
/// hexadecimal digits follow as %25.
/// </summary>
/// <param name="Kind">What it is read by.</param>
/// <param name="Address">What is read.</param>
/// <param name="Options">The options.</param>
internal sealed record WatchText(string Kind, string Address, IReadOnlyDictionary<string, string> Options)
{
    private static readonly string[] Common = ["name", "unit", "period"];
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Reads a text.</summary>
    /// <exception cref="WatchException">It is none.</exception>
    public static WatchText Parse(string text)
    {
        var parts = text.Split('&');
        var (kind, address) = Split(parts[0]) is var (left, right) && left.Length > 0 && right.Length > 0
            ? (left, right)
            : throw new WatchException($"'{text}' is not KIND=WHAT, for instance process=1234 or prometheus=http://127.0.0.1:9090&query=up");
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in parts.Skip(1))
        {
            if (Split(part) is not (var name, { Length: > 0 } value) || name.Length == 0)
                throw new WatchException($"'{part}' in '{text}' is not option=value; an & that belongs to an address is written as %26");
            if (!options.TryAdd(name, value))
                throw new WatchException($"'{text}' says {name} twice");
        }

        return new WatchText(kind, address, options);
    }

    /// <summary>The name for people, if one was given.</summary>
    public string? Name => Options.GetValueOrDefault("name");

    /// <summary>The unit, if one was given.</summary>
    public string? Unit => Options.GetValueOrDefault("unit");

    /// <summary>An option that must be there.</summary>
    /// <exception cref="WatchException">It is not.</exception>
    public string Needed(string option, string example) =>
        Options.GetValueOrDefault(option) ?? throw new WatchException($"{Kind}={Address} needs &{option}=..., for instance &{option}={example}");

    /// <summary>Time between two readings.</summary>
    /// <exception cref="WatchException">It is no length of time, or not from 1 s to 1 h.</exception>
    public TimeSpan Period(TimeSpan otherwise)
    {
        if (!Options.TryGetValue("period", out var text))
            return otherwise;
        if (!Duration.TryParse(text, out var period) || period < Shortest || period > Longest)
            throw new WatchException($"period={text} of {Kind}={Address} is not a time from 1s to 1h");
        return period;
    }

    /// <summary>Checks that no option is there but the ones every kind has and those that are named.</summary>
    /// <exception cref="WatchException">There is another one.</exception>
    public void CheckOptions(params string[] own)
    {
        string[] known = [.. own, .. Common];
        foreach (var name in Options.Keys)
        {
            if (!known.Contains(name))
                throw new WatchException($"unknown option '{name}' of {Kind}{Suggestion.For(name, known)}: there are {string.Join(", ", known)}; an & that belongs to an address is written as %26");
        }
    }

    /// <summary>The address as a URL.</summary>
    /// <exception cref="WatchException">It is none.</exception>
    public Uri Url() => Uri.TryCreate(Address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0
        ? url
        : throw new WatchException($"'{Address}' of {Kind} is not a URL such as http://127.0.0.1:9090");

    private static (string Name, string Value)? Split(string part) =>
        part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (part[..at].Trim(), Uri.UnescapeDataString(part[(at + 1)..]).Trim()) : null;
}
