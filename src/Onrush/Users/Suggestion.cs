namespace Onrush.Users;

/// <summary>Finds what a mistyped name was meant to be.</summary>
internal static class Suggestion
{
    /// <summary>The known name closest to <paramref name="text"/>; null when none is close.</summary>
    public static string? Nearest(string text, IEnumerable<string> known)
    {
        var best = known.Select(name => (name, distance: Distance(text.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(pair => pair.distance <= Math.Max(text.Length, pair.name.Length) / 3)
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.name, StringComparer.Ordinal).FirstOrDefault();
        return best.name;
    }

    /// <summary>The end of an error message: <c>; did you mean X?</c>, or nothing.</summary>
    public static string For(string text, IEnumerable<string> known) => Nearest(text, known) is { } name ? $"; did you mean {name}?" : "";

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replaced, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
