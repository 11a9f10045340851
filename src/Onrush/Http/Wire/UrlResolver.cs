using System.Text;

namespace Onrush.Http.Wire;

/// <summary>
/// Turns what a load test writes into targets: paths below a base, whole URLs, and the Location of redirects. The base is parsed once;
/// origins of whole URLs are remembered. One user or loop owns it; for one thread.
/// </summary>
internal sealed class UrlResolver
{
    private const int MaxRemembered = 256;

    private readonly Authority? _base;
    private readonly string _prefix;
    private readonly string _prefixWithSlash;
    private Dictionary<string, Authority>? _http;
    private Dictionary<string, Authority>? _https;

    private UrlResolver(Authority? authority, string prefix)
    {
        _base = authority;
        _prefix = prefix;
        _prefixWithSlash = prefix + "/";
    }

    /// <summary>Origin of the base; null without one.</summary>
    public Origin? BaseOrigin => _base?.Origin;

    /// <summary>Makes a resolver for a host as the command line or a user class gives it.</summary>
    /// <param name="baseHost">For instance "http://shop.test:8080/api"; null or empty takes whole URLs only.</param>
    /// <param name="resolver">The resolver.</param>
    /// <param name="error">What is wrong with the host, in one line.</param>
    public static bool TryCreate(string? baseHost, out UrlResolver? resolver, out string? error)
    {
        resolver = null;
        error = null;
        if (string.IsNullOrWhiteSpace(baseHost))
        {
            resolver = new UrlResolver(null, "");
            return true;
        }

        string url = baseHost.Trim();
        if (!UrlSyntax.TryFindScheme(url, out bool isHttps, out int start, out error)) return false;
        if (start < 0)
        {
            error = $"the host has no scheme: write http://{url.TrimStart('/')} (it is {Printable.Quote(url)})";
            return false;
        }

        int end = UrlSyntax.AuthorityEnd(url, start);
        if (!Authority.TryParse(url.AsSpan(start, end - start), isHttps, out var authority, out error)) return false;
        string path = url[end..];
        if (path.AsSpan().ContainsAny('?', '#'))
        {
            error = $"the host must not have a query or a fragment: {Printable.Quote(url)}";
            return false;
        }

        resolver = new UrlResolver(authority, path.TrimEnd('/'));
        return true;
    }

    /// <summary>
    /// Resolves the URL of a request. A path, with or without a slash before it, and a bare query go below the path of the base, as in
    /// Locust; a whole http or https URL, or one that begins with two slashes, stands for itself.
    /// </summary>
    /// <param name="url">What the load test wrote.</param>
    /// <param name="target">The target.</param>
    /// <param name="error">What is wrong with the URL, in one line.</param>
    public bool TryResolve(string url, out Target target, out string? error)
    {
        if (_base is not null && url.Length > 0 && url[0] == '/' && (url.Length == 1 || url[1] != '/'))
        {
            error = null;
            target = new Target(_base.Origin, _prefix, UrlSyntax.WithoutFragment(url), _base.Credentials);
            return true;
        }

        return TryResolveOther(url, out target, out error);
    }

    /// <inheritdoc cref="TryResolveRedirect(in Target, string, out Target, out string?)"/>
    public bool TryResolveRedirect(in Target current, ReadOnlySpan<byte> location, out Target target, out string? error) =>
        TryResolveRedirect(current, Encoding.UTF8.GetString(location), out target, out error);

    /// <summary>Resolves a Location header against the URL that answered with it (RFC 3986 section 5.2).</summary>
    /// <param name="current">What was asked for.</param>
    /// <param name="location">Value of the header; characters that should have been encoded are taken.</param>
    /// <param name="target">The next target. Has the credentials of <paramref name="current"/> only on the same origin.</param>
    /// <param name="error">What is wrong with it, in one line.</param>
    public bool TryResolveRedirect(in Target current, string location, out Target target, out string? error)
    {
        target = default;
        location = location.Trim();
        if (location.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            error = $"the location has a line break or NUL: {Printable.Quote(location)}";
            return false;
        }

        if (!UrlSyntax.TryFindScheme(location, out bool isHttps, out int start, out error)) return false;
        if (start < 0 && location.StartsWith("//", StringComparison.Ordinal))
        {
            start = 2;
            isHttps = current.Origin.IsHttps;
        }

        if (start < 0)
        {
            string path = UrlSyntax.Merge(current.PathAndQuery, UrlSyntax.WithoutFragment(location).Span);
            target = new Target(current.Origin, "", path.AsMemory(), current.Credentials);
            return true;
        }

        if (!TryWhole(location, isHttps, start, out target, out error)) return false;
        string whole = UrlSyntax.RemoveDots(target.PathAndQuery);
        var credentials = target.Credentials ?? (target.Origin.Equals(current.Origin) ? current.Credentials : null);
        target = new Target(target.Origin, "", whole.AsMemory(), credentials);
        return true;
    }

    private bool TryResolveOther(string url, out Target target, out string? error)
    {
        target = default;
        if (!UrlSyntax.TryFindScheme(url, out bool isHttps, out int start, out error)) return false;
        if (start < 0 && _base is null)
        {
            error = $"no host is set, and this is not a whole URL: {Printable.Quote(url)}; set Host in the user class or give --host";
            return false;
        }

        if (start < 0 && url.StartsWith("//", StringComparison.Ordinal))
        {
            start = 2;
            isHttps = _base!.Origin.IsHttps;
        }

        if (start >= 0) return TryWhole(url, isHttps, start, out target, out error);

        var path = UrlSyntax.WithoutFragment(url);
        bool below = _prefix.Length > 0 && (path.IsEmpty || path.Span[0] == '?');
        target = new Target(_base!.Origin, below ? _prefix : _prefixWithSlash, path, _base.Credentials);
        return true;
    }

    private bool TryWhole(string url, bool isHttps, int start, out Target target, out string? error)
    {
        target = default;
        int end = UrlSyntax.AuthorityEnd(url, start);
        if (!TryAuthority(url.AsSpan(start, end - start), isHttps, out var authority, out error)) return false;
        var path = UrlSyntax.WithoutFragment(url)[end..];
        string prefix = path.IsEmpty || path.Span[0] != '/' ? "/" : "";
        target = new Target(authority!.Origin, prefix, path, authority.Credentials);
        return true;
    }

    private bool TryAuthority(ReadOnlySpan<char> text, bool isHttps, out Authority? authority, out string? error)
    {
        ref var remembered = ref isHttps ? ref _https : ref _http;
        remembered ??= new Dictionary<string, Authority>(StringComparer.Ordinal);
        if (remembered.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out authority))
        {
            error = null;
            return true;
        }

        if (!Authority.TryParse(text, isHttps, out authority, out error)) return false;
        if (remembered.Count >= MaxRemembered) remembered.Clear();
        remembered.Add(text.ToString(), authority!);
        return true;
    }
}
