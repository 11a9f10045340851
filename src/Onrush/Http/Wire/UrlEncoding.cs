using System.Buffers;
using System.Text;

namespace Onrush.Http.Wire;

/// <summary>Percent-encoding of paths and of form fields.</summary>
internal static class UrlEncoding
{
    private const string Unreserved = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._";

    /// <summary>What may stand raw in a path with a query. Brackets strictly may not, yet everyone sends and takes them in queries.</summary>
    public static readonly SearchValues<char> PathChars = SearchValues.Create(Unreserved + "~!$&'()*+,;=:@/?[]");

    private static readonly SearchValues<char> FormChars = SearchValues.Create(Unreserved + "*");

    /// <summary>Writes a path or query of which some characters must be encoded; valid %XX is left alone.</summary>
    /// <param name="writer">Gets the bytes.</param>
    /// <param name="path">Path, query or a part of them.</param>
    /// <exception cref="ArgumentException">It has a line break or NUL.</exception>
    public static void WritePath(RequestWriter writer, ReadOnlySpan<char> path)
    {
        if (path.ContainsAny('\r', '\n', '\0')) throw new ArgumentException($"the path has a line break or NUL: {Printable.Quote(path)}");
        while (true)
        {
            int raw = path.IndexOfAnyExcept(PathChars);
            writer.Write(raw < 0 ? path : path[..raw]);
            if (raw < 0) return;
            path = path[raw..];
            bool encoded = path.Length >= 3 && path[0] == '%' && char.IsAsciiHexDigit(path[1]) && char.IsAsciiHexDigit(path[2]);
            if (encoded)
            {
                writer.Write(path[..3]);
                path = path[3..];
            }
            else
            {
                path = path[Encode(writer, path)..];
            }
        }
    }

    /// <summary>Writes one name or value of application/x-www-form-urlencoded.</summary>
    /// <param name="writer">Gets the bytes.</param>
    /// <param name="text">Name or value.</param>
    public static void WriteForm(RequestWriter writer, ReadOnlySpan<char> text)
    {
        while (true)
        {
            int raw = text.IndexOfAnyExcept(FormChars);
            writer.Write(raw < 0 ? text : text[..raw]);
            if (raw < 0) return;
            text = text[raw..];
            int taken = 1;
            if (text[0] == ' ') writer.WriteByte((byte)'+');
            else taken = Encode(writer, text);
            text = text[taken..];
        }
    }

    /// <summary>Encodes the first character, both halves of it when it is a pair; a lone half becomes the replacement character.</summary>
    private static int Encode(RequestWriter writer, ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out var rune, out int taken);
        Span<byte> utf8 = stackalloc byte[4];
        int length = rune.EncodeToUtf8(utf8);
        foreach (byte value in utf8[..length])
        {
            writer.WriteByte((byte)'%');
            writer.WriteByte(HexDigit(value >> 4));
            writer.WriteByte(HexDigit(value & 15));
        }

        return taken;
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
