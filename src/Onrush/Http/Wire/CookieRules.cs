using System.Net;

namespace Onrush.Http.Wire;

/// <summary>Which hosts and paths a cookie belongs to (RFC 6265 section 5.1).</summary>
internal static class CookieRules
{
    /// <summary>Whether <paramref name="host"/> is the domain or lies below it. An address is only ever itself.</summary>
    /// <param name="host">Host of a request, in lower case.</param>
    /// <param name="domain">Domain of a cookie, in lower case, without a leading dot.</param>
    public static bool DomainMatches(string host, string domain)
    {
        if (string.Equals(host, domain, StringComparison.Ordinal)) return true;
        return host.Length > domain.Length && host[host.Length - domain.Length - 1] == '.'
            && host.EndsWith(domain, StringComparison.Ordinal) && !IPAddress.TryParse(host, out _);
    }

    /// <summary>Whether the path of a request is the path of the cookie or lies below it.</summary>
    /// <param name="cookiePath">Path of a cookie.</param>
    /// <param name="prefix">First part of the path of the request.</param>
    /// <param name="path">The rest of it, with the query.</param>
    public static bool PathMatches(string cookiePath, string prefix, ReadOnlySpan<char> path)
    {
        if (cookiePath.Length == 1) return true;
        int inPrefix = Math.Min(prefix.Length, cookiePath.Length);
        if (!prefix.AsSpan(0, inPrefix).SequenceEqual(cookiePath.AsSpan(0, inPrefix))) return false;
        var rest = cookiePath.AsSpan(inPrefix);
        if (!path.StartsWith(rest)) return false;
        if (cookiePath[^1] == '/') return true;
        char next = inPrefix < prefix.Length ? prefix[inPrefix] : rest.Length < path.Length ? path[rest.Length] : '?';
        return next is '/' or '?';
    }

    /// <summary>The path a cookie gets that names none: the folder of what was asked for.</summary>
    /// <param name="target">What was asked for.</param>
    public static string DefaultPath(in Target target)
    {
        string path = target.PathAndQuery;
        int query = path.IndexOf('?', StringComparison.Ordinal);
        int slash = (query < 0 ? path.AsSpan() : path.AsSpan(0, query)).LastIndexOf('/');
        return slash <= 0 ? "/" : path[..slash];
    }
}
