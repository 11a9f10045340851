using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Onrush.Outputs.CloudWatch;

/// <summary>
/// Names where only ASCII is taken, such as the values of CloudWatch's dimensions: what is not printable ASCII, and the percent sign, is written as the %XX of its
/// UTF-8, so <see cref="Decode"/> (and any decoder of URLs) gives the name back. Only a name that is longer than may be is cut, and then ends in a hash.
/// </summary>
internal static class AsciiName
{
    /// <summary>The longest value of a dimension.</summary>
    public const int Longest = 1024;

    private const int HashLength = 12;

    /// <summary>The name in ASCII, never empty.</summary>
    public static string Encode(string name)
    {
        if (name.Length == 0)
            return "-";
        // A value of blanks alone, or one that begins with a colon, is refused.
        bool blank = name.AsSpan().Trim().IsEmpty;
        var text = new StringBuilder(name.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            if (b is > 0x20 and < 0x7F and not (byte)'%' && !(text.Length == 0 && b == ':') || (b == 0x20 && !blank))
                text.Append((char)b);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        if (text.Length <= Longest)
            return text.ToString();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength];
        return $"{text.ToString(0, Longest - HashLength - 1)}~{hash}";
    }

    /// <summary>The name that was encoded, unless it was cut.</summary>
    public static string Decode(string text) => text == "-" ? "" : Uri.UnescapeDataString(text);
}
