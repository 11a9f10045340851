using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Onrush.Http;

/// <summary>What a status that counts as a failure is called in the failures table.</summary>
internal static class StatusText
{
    private static readonly ConcurrentDictionary<int, string> Texts = new();

    /// <summary>For instance <c>404 Not Found</c>.</summary>
    public static string For(int status) => Texts.GetOrAdd(status, static s =>
    {
        if (!Enum.IsDefined((HttpStatusCode)s))
            return s.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var words = new StringBuilder().Append(s);
        foreach (var c in ((HttpStatusCode)s).ToString())
        {
            if (char.IsUpper(c) && !char.IsUpper(words[^1]))
                words.Append(' ');
            words.Append(c);
        }

        return words.ToString();
    });
}
