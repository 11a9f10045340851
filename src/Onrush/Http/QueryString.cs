using System.Text;

namespace Onrush.Http;

/// <summary>Adds parameters to a URL.</summary>
internal static class QueryString
{
    /// <summary>The URL with the parameters behind its own, before a fragment.</summary>
    public static string Append(string url, ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var fragment = url.IndexOf('#', StringComparison.Ordinal);
        var text = new StringBuilder(fragment < 0 ? url : url[..fragment]);
        var separator = url.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in parameters)
        {
            text.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return text.ToString();
    }
}
