using System.Buffers.Text;
using System.Text;

namespace Onrush.Http.Wire;

/// <summary>Reads the value of a Set-Cookie header (RFC 6265 section 5.2).</summary>
internal static class SetCookieParser
{
    private const int MaxAttribute = 1024;

    /// <summary>Makes a cookie of a header; null when it is none, is too large, or is set for a host that is not the sender's to set.</summary>
    /// <param name="target">What was asked for.</param>
    /// <param name="header">Value of the header.</param>
    /// <param name="nowUnixSeconds">The time, in seconds since 1970.</param>
    /// <param name="sequence">Order of creation.</param>
    public static Cookie? Parse(in Target target, ReadOnlySpan<byte> header, long nowUnixSeconds, long sequence)
    {
        var pair = NextPart(ref header);
        int equals = pair.IndexOf((byte)'=');
        if (equals <= 0) return null;
        var name = HeaderLine.Trim(pair[..equals]);
        var value = HeaderLine.Trim(pair[(equals + 1)..]);
        if (name.IsEmpty || name.Length + value.Length > CookieJar.MaxCookieBytes || HasControl(name) || HasControl(value)) return null;

        string domain = "";
        string path = "";
        bool secure = false;
        long expires = long.MaxValue;
        long maxAge = long.MaxValue;
        while (!header.IsEmpty)
        {
            var attribute = NextPart(ref header);
            int split = attribute.IndexOf((byte)'=');
            var key = HeaderLine.Trim(split < 0 ? attribute : attribute[..split]);
            var text = split < 0 ? default : HeaderLine.Trim(attribute[(split + 1)..]);
            if (text.Length > MaxAttribute) continue;
            if (Ascii.EqualsIgnoreCase(key, "domain"u8)) domain = Domain(text);
            else if (Ascii.EqualsIgnoreCase(key, "path"u8)) path = text.StartsWith("/"u8) ? Encoding.UTF8.GetString(text) : "";
            else if (Ascii.EqualsIgnoreCase(key, "secure"u8)) secure = true;
            else if (Ascii.EqualsIgnoreCase(key, "max-age"u8)) maxAge = MaxAge(text, nowUnixSeconds) ?? maxAge;
            else if (Ascii.EqualsIgnoreCase(key, "expires"u8) && CookieDate.TryParse(text, out long date)) expires = date;
        }

        string host = target.Origin.Host;
        bool hostOnly = domain.Length == 0 || string.Equals(domain, host, StringComparison.Ordinal) && !domain.Contains('.', StringComparison.Ordinal);
        // A domain of a single label ("com") would reach strangers.
        if (!hostOnly && !(CookieRules.DomainMatches(host, domain) && (domain.Contains('.', StringComparison.Ordinal) || domain == host))) return null;

        return new Cookie
        {
            Pair = [.. name, (byte)'=', .. value],
            NameLength = name.Length,
            Domain = hostOnly ? host : domain,
            HostOnly = hostOnly,
            Path = path.Length > 0 ? path : CookieRules.DefaultPath(target),
            Secure = secure,
            Expires = maxAge != long.MaxValue ? maxAge : expires,
            Sequence = sequence,
        };
    }

    private static ReadOnlySpan<byte> NextPart(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)';');
        var part = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return part;
    }

    private static bool HasControl(ReadOnlySpan<byte> text) => text.ContainsAnyInRange((byte)0, (byte)31) || text.Contains((byte)127);

    private static string Domain(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("."u8)) text = text[1..];
        return Encoding.UTF8.GetString(text).ToLowerInvariant();
    }

    /// <summary>The instant at which the age is reached; null when it is no number, the distant past when it is not positive.</summary>
    private static long? MaxAge(ReadOnlySpan<byte> text, long nowUnixSeconds)
    {
        bool negative = text.StartsWith("-"u8);
        var digits = negative ? text[1..] : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return null;
        if (negative) return long.MinValue;
        // A number past all bounds means: never.
        if (!Utf8Parser.TryParse(digits, out long seconds, out _) || seconds > int.MaxValue * 100L) seconds = int.MaxValue * 100L;
        return seconds == 0 ? long.MinValue : nowUnixSeconds + seconds;
    }
}
