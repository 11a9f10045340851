using System.Text;

namespace Onrush.Http.Wire;

/// <summary>
/// The cookies of one session. An empty jar holds no list. Bounded: the oldest cookie makes room for a new one. Owned by a user; for
/// the thread of its loop.
/// </summary>
internal sealed class CookieJar
{
    /// <summary>Most cookies in a jar.</summary>
    public const int MaxCookies = 50;

    /// <summary>Most bytes of name and value together.</summary>
    public const int MaxCookieBytes = 4096;

    // Longest path first, then oldest first: the order in which they are sent.
    private List<Cookie>? _cookies;
    private long _sequence;

    /// <summary>Number of cookies, those included that have ended and were not looked at since.</summary>
    public int Count => _cookies?.Count ?? 0;

    /// <summary>Takes a Set-Cookie header; false when the header is refused. A cookie that has ended already removes its namesake.</summary>
    /// <param name="target">What was asked for.</param>
    /// <param name="setCookie">Value of the header.</param>
    /// <param name="nowUnixSeconds">The time, in seconds since 1970.</param>
    public bool Store(in Target target, ReadOnlySpan<byte> setCookie, long nowUnixSeconds)
    {
        var cookie = SetCookieParser.Parse(target, setCookie, nowUnixSeconds, ++_sequence);
        if (cookie is null) return false;
        Put(cookie, nowUnixSeconds);
        return true;
    }

    /// <summary>Takes all Set-Cookie headers of a response.</summary>
    /// <param name="target">What was asked for.</param>
    /// <param name="head">Head of the response.</param>
    /// <param name="nowUnixSeconds">The time, in seconds since 1970.</param>
    public void StoreAll(in Target target, ReadOnlySpan<byte> head, long nowUnixSeconds)
    {
        var reader = new HeaderReader(head);
        while (reader.MoveNext())
            if (Ascii.EqualsIgnoreCase(reader.Name, "set-cookie"u8)) Store(target, reader.Value, nowUnixSeconds);
    }

    /// <summary>Writes the Cookie line for a request; nothing when no cookie belongs to it.</summary>
    /// <param name="writer">Gets the line.</param>
    /// <param name="target">What is asked for.</param>
    /// <param name="nowUnixSeconds">The time, in seconds since 1970.</param>
    public void WriteTo(RequestWriter writer, in Target target, long nowUnixSeconds)
    {
        if (_cookies is null) return;
        bool any = false;
        foreach (var cookie in _cookies)
        {
            if (!cookie.Matches(target, nowUnixSeconds)) continue;
            writer.Write(any ? "; "u8 : "Cookie: "u8);
            writer.Write(cookie.Pair);
            any = true;
        }

        if (any) writer.Write("\r\n"u8);
    }

    /// <summary>Value of the first cookie of that name, whatever host and path it belongs to; null when there is none.</summary>
    /// <param name="name">Name, with its case.</param>
    /// <param name="nowUnixSeconds">The time, in seconds since 1970.</param>
    public string? Get(string name, long nowUnixSeconds)
    {
        if (_cookies is null) return null;
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        foreach (var cookie in _cookies)
            if (cookie.Expires > nowUnixSeconds && cookie.Name.SequenceEqual(bytes)) return Encoding.UTF8.GetString(cookie.Value);
        return null;
    }

    /// <summary>Names and values of the cookies that have not ended, in the order in which they are sent.</summary>
    /// <param name="nowUnixSeconds">The time, in seconds since 1970.</param>
    public IReadOnlyList<KeyValuePair<string, string>> List(long nowUnixSeconds)
    {
        if (_cookies is null) return [];
        var list = new List<KeyValuePair<string, string>>(_cookies.Count);
        foreach (var cookie in _cookies)
            if (cookie.Expires > nowUnixSeconds)
                list.Add(new(Encoding.UTF8.GetString(cookie.Name), Encoding.UTF8.GetString(cookie.Value)));
        return list;
    }

    /// <summary>Sets a cookie that lives as long as the session.</summary>
    /// <param name="name">Name; made of the characters of a token.</param>
    /// <param name="value">Value; no control character and no semicolon.</param>
    /// <param name="host">The host that gets it; null for all.</param>
    /// <param name="path">Path prefix; begins with a slash.</param>
    /// <exception cref="ArgumentException">A part has a character that it must not have, or name and value are too long together.</exception>
    public void Set(string name, string value, string? host = null, string path = "/")
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(HeaderLine.TokenChars))
            throw new ArgumentException($"not a cookie name: {Printable.Quote(name)}");
        if (value.AsSpan().ContainsAnyInRange('\0', '\x1f') || value.AsSpan().ContainsAny(';', '\x7f'))
            throw new ArgumentException($"the value of cookie {name} has a semicolon or a control character: {Printable.Quote(value)}");
        if (!path.StartsWith('/')) throw new ArgumentException($"the path of cookie {name} does not begin with a slash: {Printable.Quote(path)}");
        byte[] pair = Encoding.UTF8.GetBytes($"{name}={value}");
        if (pair.Length - 1 > MaxCookieBytes) throw new ArgumentException($"cookie {name} is larger than {Printable.Size(MaxCookieBytes)}");
        var cookie = new Cookie
        {
            Pair = pair,
            NameLength = name.Length,
            Domain = host?.ToLowerInvariant(),
            HostOnly = true,
            Path = path,
            Secure = false,
            Expires = long.MaxValue,
            Sequence = ++_sequence,
        };
        Put(cookie, long.MinValue);
    }

    /// <summary>Removes every cookie of that name.</summary>
    /// <param name="name">Name, with its case.</param>
    public void Remove(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        _cookies?.RemoveAll(cookie => cookie.Name.SequenceEqual(bytes));
    }

    /// <summary>Removes all cookies.</summary>
    public void Clear() => _cookies = null;

    private void Put(Cookie cookie, long nowUnixSeconds)
    {
        int old = _cookies?.FindIndex(other => other.HasKeyOf(cookie)) ?? -1;
        if (cookie.Expires <= nowUnixSeconds)
        {
            if (old >= 0) _cookies!.RemoveAt(old);
            return;
        }

        _cookies ??= [];
        if (old >= 0)
        {
            // Keeps its place in the order: a cookie that is set again is not new.
            _cookies[old] = cookie;
            return;
        }

        _cookies.RemoveAll(other => other.Expires <= nowUnixSeconds);
        if (_cookies.Count >= MaxCookies) _cookies.Remove(_cookies.MinBy(other => other.Sequence)!);
        int place = _cookies.FindIndex(other => other.Path.Length < cookie.Path.Length);
        _cookies.Insert(place < 0 ? _cookies.Count : place, cookie);
    }
}
