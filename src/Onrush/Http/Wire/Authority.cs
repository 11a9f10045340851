using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Onrush.Http.Wire;

/// <summary>What stands between the two slashes and the path of a URL.</summary>
/// <param name="Origin">Scheme, host and port.</param>
/// <param name="Credentials">User and password; null when there are none.</param>
internal sealed record Authority(Origin Origin, Credentials? Credentials)
{
    private static readonly SearchValues<char> HostChars =
        SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~");

    /// <summary>Parses and checks an authority.</summary>
    /// <param name="text">For instance "user:secret@shop.test:8080".</param>
    /// <param name="isHttps">Whether the scheme is https.</param>
    /// <param name="authority">The parts.</param>
    /// <param name="error">What is wrong, in one line; never shows a password.</param>
    public static bool TryParse(ReadOnlySpan<char> text, bool isHttps, out Authority? authority, out string? error)
    {
        authority = null;
        int at = text.LastIndexOf('@');
        var credentials = at < 0 ? null : ParseCredentials(text[..at]);
        text = text[(at + 1)..];

        bool bracket = text.StartsWith("[");
        int hostEnd = bracket ? text.IndexOf(']') + 1 : text.IndexOf(':');
        if (hostEnd < 0 || (bracket && hostEnd == 0)) hostEnd = text.Length;
        if (!TryPort(text[hostEnd..], isHttps, out int port))
        {
            error = $"the port is not a number from 1 to 65535: {Printable.Quote(text)}";
            return false;
        }

        string? host = bracket ? IPv6(text, hostEnd) : Name(text[..hostEnd]);
        if (host is null)
        {
            error = hostEnd == 0 ? "the URL has no host" : $"not a host name or address: {Printable.Quote(text)}";
            return false;
        }

        authority = new Authority(new Origin(isHttps, host, port), credentials);
        error = null;
        return true;
    }

    private static Credentials ParseCredentials(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        return colon < 0
            ? new Credentials(Uri.UnescapeDataString(text), "")
            : new Credentials(Uri.UnescapeDataString(text[..colon]), Uri.UnescapeDataString(text[(colon + 1)..]));
    }

    private static bool TryPort(ReadOnlySpan<char> text, bool isHttps, out int port)
    {
        port = Origin.DefaultPort(isHttps);
        if (text.IsEmpty || text is ":") return true;
        return text[0] == ':' && int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535;
    }

    private static string? IPv6(ReadOnlySpan<char> text, int end)
    {
        if (text[end - 1] != ']') return null;
        var inner = text[1..(end - 1)];
        // In a URL the percent sign before a zone is itself encoded (RFC 6874); many write it plain.
        string address = inner.ToString().Replace("%25", "%", StringComparison.Ordinal);
        return IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6 ? parsed.ToString() : null;
    }

    private static string? Name(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > 255) return null;
        if (!text.ContainsAnyExcept(HostChars)) return text.ToString().ToLowerInvariant();
        // Names in other scripts travel as punycode. Everything else that is ASCII stands in no host name.
        foreach (char c in text)
            if (c < 0x80 && !HostChars.Contains(c)) return null;

        try
        {
            return new IdnMapping().GetAscii(text.ToString()).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
