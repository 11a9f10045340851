namespace Onrush.Http.Wire;

/// <summary>The grammar of URLs, as far as requests and redirects need it.</summary>
internal static class UrlSyntax
{
    /// <summary>Finds an http or https scheme.</summary>
    /// <param name="url">What is to be resolved.</param>
    /// <param name="isHttps">Whether the scheme is https.</param>
    /// <param name="authority">Where the authority begins; -1 when the URL has no scheme.</param>
    /// <param name="error">Set when there is another scheme, or no authority behind it.</param>
    public static bool TryFindScheme(ReadOnlySpan<char> url, out bool isHttps, out int authority, out string? error)
    {
        isHttps = false;
        authority = -1;
        error = null;
        int colon = url.IndexOfAny(":/?#");
        if (colon < 0 || url[colon] != ':') return true;

        var scheme = url[..colon];
        isHttps = scheme.Equals("https", StringComparison.OrdinalIgnoreCase);
        if (!isHttps && !scheme.Equals("http", StringComparison.OrdinalIgnoreCase))
        {
            // "localhost:8080" reads as the scheme "localhost"; what was meant is clear.
            bool port = colon + 1 < url.Length && char.IsAsciiDigit(url[colon + 1]);
            error = port ? $"URL without a scheme: write http:// before {Printable.Quote(url)}" : $"not an http or https URL: {Printable.Quote(url)}";
            return false;
        }

        if (!url[(colon + 1)..].StartsWith("//"))
        {
            error = $"no // behind the scheme: {Printable.Quote(url)}";
            return false;
        }

        authority = colon + 3;
        return true;
    }

    /// <summary>Where the authority that begins at <paramref name="start"/> ends.</summary>
    /// <param name="url">A whole URL.</param>
    /// <param name="start">Where the authority begins.</param>
    public static int AuthorityEnd(ReadOnlySpan<char> url, int start)
    {
        int length = url[start..].IndexOfAny("/?#");
        return length < 0 ? url.Length : start + length;
    }

    /// <summary>The URL up to its fragment.</summary>
    /// <param name="url">Any URL.</param>
    public static ReadOnlyMemory<char> WithoutFragment(string url)
    {
        int fragment = url.IndexOf('#', StringComparison.Ordinal);
        return fragment < 0 ? url.AsMemory() : url.AsMemory(0, fragment);
    }

    /// <summary>Resolves a reference without scheme and authority against a path and query (RFC 3986 section 5.2.2).</summary>
    /// <param name="current">Path and query to start from; begins with a slash.</param>
    /// <param name="reference">The reference, without fragment.</param>
    public static string Merge(string current, ReadOnlySpan<char> reference)
    {
        if (reference.IsEmpty) return current;
        if (reference[0] == '/') return RemoveDots(reference.ToString());
        int query = current.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? current.AsSpan() : current.AsSpan(0, query);
        if (reference[0] == '?') return string.Concat(path, reference);
        return RemoveDots(string.Concat(path[..(path.LastIndexOf('/') + 1)], reference));
    }

    /// <summary>Resolves "." and ".." in a path that begins with a slash; the query is left alone (RFC 3986 section 5.2.4).</summary>
    /// <param name="pathAndQuery">Path and query.</param>
    public static string RemoveDots(string pathAndQuery)
    {
        if (!pathAndQuery.Contains("/.", StringComparison.Ordinal)) return pathAndQuery;
        int query = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? pathAndQuery : pathAndQuery[..query];
        var kept = new List<string>();
        string[] segments = path.Split('/');
        // The first piece is what stands before the first slash: nothing.
        for (int index = 1; index < segments.Length; index++)
        {
            bool last = index == segments.Length - 1;
            switch (segments[index])
            {
                case ".":
                    if (last) kept.Add("");
                    break;
                case "..":
                    if (kept.Count > 0) kept.RemoveAt(kept.Count - 1);
                    if (last) kept.Add("");
                    break;
                default:
                    kept.Add(segments[index]);
                    break;
            }
        }

        return string.Concat("/", string.Join('/', kept), query < 0 ? "" : pathAndQuery.AsSpan(query));
    }
}
