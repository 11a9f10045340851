using Onrush.Users;

namespace Onrush.Runs.Watching;

/// <summary>Makes a watch of its text.</summary>
/// <exception cref="WatchException">The text is wrong.</exception>
internal delegate Watch WatchKind(WatchText text);

/// <summary>The kinds of things that can be watched, by the word in front of the first =.</summary>
internal sealed class WatchKinds(IReadOnlyDictionary<string, WatchKind> kinds)
{
    /// <summary>Those that need nothing but the framework.</summary>
    public static IReadOnlyDictionary<string, WatchKind> BuiltIn { get; } = new Dictionary<string, WatchKind>
    {
        ["process"] = ProcessReader.Watch,
        ["prometheus"] = PrometheusReader.Watch,
        ["http"] = JsonReader.Watch,
    };

    /// <summary>Reads what is to be watched.</summary>
    /// <exception cref="WatchException">It is not there or wrong.</exception>
    public Watch Read(string text)
    {
        var parsed = WatchText.Parse(text);
        return kinds.TryGetValue(parsed.Kind, out var kind)
            ? kind(parsed)
            : throw new WatchException($"'{parsed.Kind}' is nothing that can be watched{Suggestion.For(parsed.Kind, kinds.Keys)}: there are {string.Join(", ", kinds.Keys)}");
    }
}
