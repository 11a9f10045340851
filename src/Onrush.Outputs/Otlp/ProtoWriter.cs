using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Onrush.Outputs.Otlp;

/// <summary>Writes the wire format of Protocol Buffers: a message is its fields, one after the other; a message inside one has its length in front.</summary>
internal sealed class ProtoWriter
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>A whole number, or an enumeration.</summary>
    public void Number(int field, ulong value)
    {
        Raw(((ulong)field << 3) | Varint);
        Raw(value);
    }

    /// <summary>A whole number with a sign, the smaller the shorter.</summary>
    public void Signed(int field, long value) => Number(field, (ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Eight bytes: a fixed64.</summary>
    public void Fixed(int field, ulong value)
    {
        Raw(((ulong)field << 3) | Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
    }

    /// <summary>A double.</summary>
    public void Real(int field, double value) => Fixed(field, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A text.</summary>
    public void Text(int field, string value) => Block(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message inside this one.</summary>
    public void Message(int field, Action<ProtoWriter> write)
    {
        var inner = new ProtoWriter();
        write(inner);
        Block(field, inner.Written);
    }

    /// <summary>Several whole numbers, packed.</summary>
    public void Packed(int field, IEnumerable<ulong> values)
    {
        var inner = new ProtoWriter();
        foreach (ulong value in values)
            inner.Raw(value);
        Block(field, inner.Written);
    }

    private void Block(int field, ReadOnlySpan<byte> contents)
    {
        Raw(((ulong)field << 3) | Bytes);
        Raw((ulong)contents.Length);
        _bytes.Write(contents);
    }

    private void Raw(ulong value)
    {
        var span = _bytes.GetSpan(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        _bytes.Advance(length);
    }
}
