using System.Globalization;
using System.Text;

namespace Onrush.Http.Wire;

/// <summary>Makes bytes of a target, or text of a user, fit to stand in a one-line error.</summary>
internal static class Printable
{
    /// <summary>Longest text shown, in characters; what is longer is cut and ends in three dots.</summary>
    public const int MaxLength = 60;

    /// <summary>
    /// <paramref name="bytes"/> in double quotes; what is not printable ASCII as an escape. Depends on the first
    /// <see cref="MaxLength"/> bytes and on whether there are more.
    /// </summary>
    /// <param name="bytes">What to show.</param>
    public static string Quote(ReadOnlySpan<byte> bytes)
    {
        bool cut = bytes.Length > MaxLength;
        if (cut) bytes = bytes[..MaxLength];
        var text = new StringBuilder(MaxLength + 8).Append('"');
        foreach (byte value in bytes) Append(text, (char)value, "\\x", "x2");
        return Finish(text, cut);
    }

    /// <inheritdoc cref="Quote(ReadOnlySpan{byte})"/>
    /// <param name="chars">What to show.</param>
    public static string Quote(ReadOnlySpan<char> chars)
    {
        bool cut = chars.Length > MaxLength;
        if (cut) chars = chars[..MaxLength];
        var text = new StringBuilder(MaxLength + 8).Append('"');
        foreach (char value in chars)
            if (value >= 0x80 && !char.IsControl(value) && !char.IsSurrogate(value)) text.Append(value);
            else Append(text, value, "\\u", "x4");
        return Finish(text, cut);
    }

    /// <summary>A number of bytes in the largest unit that leaves it whole: "256 MB", "64 KB", "1000 bytes".</summary>
    /// <param name="bytes">Size in bytes.</param>
    public static string Size(long bytes) => bytes switch
    {
        >= 1 << 20 when bytes % (1 << 20) == 0 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MB"),
        >= 1 << 10 when bytes % (1 << 10) == 0 => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 10} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
    };

    private static void Append(StringBuilder text, char value, string prefix, string format)
    {
        switch (value)
        {
            case '\r': text.Append("\\r"); break;
            case '\n': text.Append("\\n"); break;
            case '\t': text.Append("\\t"); break;
            case >= ' ' and <= '~': text.Append(value); break;
            default: text.Append(prefix).Append(((int)value).ToString(format, CultureInfo.InvariantCulture)); break;
        }
    }

    private static string Finish(StringBuilder text, bool cut)
    {
        // One character of the text is the opening quote.
        if (text.Length > MaxLength + 1)
        {
            text.Length = MaxLength + 1;
            cut = true;
        }

        return text.Append(cut ? "...\"" : "\"").ToString();
    }
}
