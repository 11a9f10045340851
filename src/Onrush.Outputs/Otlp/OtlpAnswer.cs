using System.Text;

namespace Onrush.Outputs.Otlp;

/// <summary>Reads ExportMetricsServiceResponse: field 1 is a message with the number of points that were rejected and the reason.</summary>
internal static class OtlpAnswer
{
    /// <summary>Points that were rejected, and why. What is no such answer rejects nothing.</summary>
    public static (long Points, string Why) Rejected(ReadOnlySpan<byte> answer)
    {
        if (Field(answer, 1, out var partial, out _) is false || partial.IsEmpty)
            return (0, "");
        Field(partial, 1, out _, out ulong points);
        Field(partial, 2, out var why, out _);
        return ((long)points, Encoding.UTF8.GetString(why));
    }

    private static bool Field(ReadOnlySpan<byte> message, int wanted, out ReadOnlySpan<byte> block, out ulong number)
    {
        block = default;
        number = 0;
        while (Varint(ref message, out ulong tag))
        {
            if (!Varint(ref message, out ulong value))
                return false;
            var kind = (int)(tag & 7);
            // Nothing but numbers and blocks is expected here.
            if (kind is not (0 or 2) || (kind == 2 && value > (ulong)message.Length))
                return false;
            var contents = kind == 2 ? message[..(int)value] : default;
            message = message[contents.Length..];
            if ((int)(tag >> 3) != wanted)
                continue;
            block = contents;
            number = kind == 0 ? value : 0;
            return true;
        }

        return false;
    }

    private static bool Varint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] >= 0x80)
                continue;
            bytes = bytes[(i + 1)..];
            return true;
        }

        return false;
    }
}
