using System.Buffers;
using Onrush.Measurement;

namespace Onrush.Checks;

/// <summary>Which tags a load test can set: names that every output takes, and none that the platform sets itself.</summary>
internal static class TagRules
{
    private const int LongestName = 64;
    private const int LongestValue = 200;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>Refuses a tag that cannot be set.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static void Check(string name, string value)
    {
        CheckName(name);
        if (value is null || value.Length > LongestValue)
            throw new ArgumentException($"The tag '{name}' has a value of {value?.Length ?? 0} characters: the longest is {LongestValue}, and null is none.", nameof(value));
    }

    /// <summary>Refuses a name that cannot be set.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static void CheckName(string name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > LongestName || name.AsSpan().ContainsAnyExcept(NameCharacters))
            throw new ArgumentException($"'{name}' cannot be the name of a tag: take at most {LongestName} of A-Z a-z 0-9 _ - and .", nameof(name));
        if (MetricTags.Reserved.Contains(name))
            throw new ArgumentException($"The tag '{name}' is set by Onrush itself: take another name.", nameof(name));
    }
}
