using System.Buffers;
using System.Globalization;
using System.Text;

namespace CouponService.Stores.Redis;

/// <summary>An answer of Redis: a number, a text, nothing, an error, or a list of those.</summary>
/// <param name="Text">The text of it; null for nothing and for a list.</param>
/// <param name="Items">The list.</param>
/// <param name="IsError">Whether the text is that of an error.</param>
internal sealed record RespValue(string? Text, IReadOnlyList<RespValue> Items, bool IsError = false)
{
    /// <summary>The number; 0 for nothing.</summary>
    public long Number => Text is null ? 0 : long.Parse(Text, CultureInfo.InvariantCulture);

    /// <summary>Takes one whole value from the front of what was received.</summary>
    public static bool TryRead(ref ReadOnlySequence<byte> from, out RespValue value)
    {
        var reader = new SequenceReader<byte>(from);
        if (!TryRead(ref reader, out value))
            return false;
        from = from.Slice(reader.Position);
        return true;
    }

    private static bool TryRead(ref SequenceReader<byte> reader, out RespValue value)
    {
        value = new RespValue(null, []);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8) || line.IsEmpty)
            return false;
        var text = Encoding.UTF8.GetString(line);
        switch (text[0])
        {
            case '+' or ':':
                value = new RespValue(text[1..], []);
                return true;
            case '-':
                value = new RespValue(text[1..], [], IsError: true);
                return true;
            case '$':
                return TryReadText(ref reader, int.Parse(text[1..], CultureInfo.InvariantCulture), ref value);
            case '*':
                return TryReadList(ref reader, int.Parse(text[1..], CultureInfo.InvariantCulture), ref value);
            default:
                throw new InvalidDataException($"Redis answered with a kind of value that is not known: {text[0]}");
        }
    }

    private static bool TryReadText(ref SequenceReader<byte> reader, int length, ref RespValue value)
    {
        if (length < 0)
            return true;
        if (reader.Remaining < length + 2)
            return false;
        value = new RespValue(Encoding.UTF8.GetString(reader.UnreadSequence.Slice(0, length)), []);
        reader.Advance(length + 2);
        return true;
    }

    private static bool TryReadList(ref SequenceReader<byte> reader, int count, ref RespValue value)
    {
        List<RespValue> items = [];
        for (var i = 0; i < count; i++)
        {
            if (!TryRead(ref reader, out var item))
                return false;
            items.Add(item);
        }
        value = new RespValue(null, items);
        return true;
    }
}
