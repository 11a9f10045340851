using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Onrush.Outputs.Prometheus.RemoteWrite;

/// <summary>Writes protocol buffers: what remote write needs of them. Used by one thread.</summary>
internal sealed class ProtoWriter
{
    private byte[] _bytes = new byte[1 << 12];
    private int _length;

    /// <summary>What is written so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Begins anew.</summary>
    public void Clear() => _length = 0;

    /// <summary>A field of type uint64, or of another that is written alike.</summary>
    public void Unsigned(int field, ulong value)
    {
        Varint((ulong)field << 3);
        Varint(value);
    }

    /// <summary>A field of type int64.</summary>
    public void Signed(int field, long value) => Unsigned(field, (ulong)value);

    /// <summary>A field of type sint32 or sint64.</summary>
    public void ZigZag(int field, long value) => Unsigned(field, (ulong)((value << 1) ^ (value >> 63)));

    /// <summary>A field of type double.</summary>
    public void Double(int field, double value)
    {
        Varint(((ulong)field << 3) | 1);
        BinaryPrimitives.WriteDoubleLittleEndian(Room(8), value);
        _length += 8;
    }

    /// <summary>A field of type string.</summary>
    public void Text(int field, string value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)Encoding.UTF8.GetByteCount(value));
        _length += Encoding.UTF8.GetBytes(value, Room(value.Length * 3));
    }

    /// <summary>A field that is a message, or a packed list.</summary>
    public void Message(int field, ReadOnlySpan<byte> message)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)message.Length);
        message.CopyTo(Room(message.Length));
        _length += message.Length;
    }

    /// <summary>A field of packed sint64.</summary>
    public void PackedZigZag(int field, IReadOnlyList<long> values)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)values.Sum(value => Length((ulong)((value << 1) ^ (value >> 63)))));
        foreach (var value in values)
            Varint((ulong)((value << 1) ^ (value >> 63)));
    }

    private static int Length(ulong value) => value == 0 ? 1 : (BitOperations.Log2(value) / 7) + 1;

    private void Varint(ulong value)
    {
        var room = Room(10);
        var at = 0;
        for (; value >= 0x80; value >>= 7)
            room[at++] = (byte)(value | 0x80);
        room[at++] = (byte)value;
        _length += at;
    }

    private Span<byte> Room(int length)
    {
        if (_length + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        return _bytes.AsSpan(_length);
    }
}
