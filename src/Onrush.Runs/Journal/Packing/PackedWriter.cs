using System.Buffers.Binary;
using System.Text;

namespace Onrush.Runs.Journal;

/// <summary>
/// A growing row of bytes with the ways numbers are written in it.
/// <code>
/// count     base 128, lowest digits first, high bit set on all bytes but the last
/// signed    as count: 0, -1, 1, -2, 2 ... become 0, 1, 2, 3, 4 ...
/// text      count of bytes, then UTF-8
/// real      a whole number below 2^52 in size: signed, its count times two; else the byte 1 and eight bytes IEEE 754, lowest first
/// </code>
/// </summary>
internal sealed class PackedWriter
{
    private const double LargestWhole = 1L << 52;

    private byte[] _bytes = new byte[256];

    /// <summary>Number of bytes.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes; valid until the next write.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    /// <summary>Forgets the bytes and keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Takes back what was written behind a length.</summary>
    public void Truncate(int length) => Length = Math.Min(Length, length);

    /// <summary>Room for bytes that the caller fills at once.</summary>
    public Span<byte> Reserve(int bytes)
    {
        if (_bytes.Length - Length < bytes)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        Length += bytes;
        return _bytes.AsSpan(Length - bytes, bytes);
    }

    /// <summary>Writes a number that is not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public void Count(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Digits((ulong)value);
    }

    /// <summary>Writes a number that may be negative.</summary>
    public void Signed(Int128 value)
    {
        var folded = (UInt128)((value << 1) ^ (value >> 127));
        while (folded > ulong.MaxValue)
        {
            Reserve(1)[0] = (byte)((byte)folded | 0x80);
            folded >>= 7;
        }

        Digits((ulong)folded);
    }

    /// <summary>Writes a text.</summary>
    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Count(length);
        Encoding.UTF8.GetBytes(text, Reserve(length));
    }

    /// <summary>Writes any number.</summary>
    public void Real(double value)
    {
        if (Math.Abs(value) < LargestWhole && value == Math.Truncate(value) && !(value == 0 && double.IsNegative(value)))
        {
            var whole = (long)value;
            Digits((ulong)((whole << 1) ^ (whole >> 63)) << 1);
            return;
        }

        Reserve(1)[0] = 1;
        BinaryPrimitives.WriteDoubleLittleEndian(Reserve(sizeof(double)), value);
    }

    /// <summary>Writes a length and so many bytes.</summary>
    public void Block(ReadOnlySpan<byte> bytes)
    {
        Count(bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
    }

    private void Digits(ulong value)
    {
        while (value >= 0x80)
        {
            Reserve(1)[0] = (byte)((byte)value | 0x80);
            value >>= 7;
        }

        Reserve(1)[0] = (byte)value;
    }
}
