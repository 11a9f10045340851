using System.Text;

namespace Onrush.Http.Wire;

/// <summary>How the body is compressed, from the Content-Encoding header.</summary>
internal enum ContentEncoding : byte
{
    /// <summary>Not compressed.</summary>
    None,

    /// <summary>gzip or x-gzip.</summary>
    Gzip,

    /// <summary>deflate: zlib or, from servers that took the name at its word, raw.</summary>
    Deflate,

    /// <summary>br.</summary>
    Brotli,

    /// <summary>Anything else, and several codings one over the other.</summary>
    Other,
}

/// <summary>Reads the value of the Content-Encoding header.</summary>
internal static class ContentEncodings
{
    /// <summary>The coding that results when <paramref name="value"/> follows <paramref name="before"/> in the same head.</summary>
    /// <param name="before">What earlier Content-Encoding lines said.</param>
    /// <param name="value">Trimmed value of this line.</param>
    public static ContentEncoding Add(ContentEncoding before, ReadOnlySpan<byte> value)
    {
        var here = Parse(value);
        if (here == ContentEncoding.None) return before;
        return before == ContentEncoding.None ? here : ContentEncoding.Other;
    }

    private static ContentEncoding Parse(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || Ascii.EqualsIgnoreCase(value, "identity"u8)) return ContentEncoding.None;
        if (Ascii.EqualsIgnoreCase(value, "gzip"u8) || Ascii.EqualsIgnoreCase(value, "x-gzip"u8)) return ContentEncoding.Gzip;
        if (Ascii.EqualsIgnoreCase(value, "br"u8)) return ContentEncoding.Brotli;
        return Ascii.EqualsIgnoreCase(value, "deflate"u8) ? ContentEncoding.Deflate : ContentEncoding.Other;
    }
}
