using System.Buffers.Binary;
using System.Text;

namespace Onrush.Runs.Journal;

/// <summary>Reads what <see cref="PackedWriter"/> wrote. Whatever the bytes are, it never reads past them and never makes more than they hold.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private const int ShortDigits = 9;
    private const int MostDigits = 19;

    private ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes that were not read.</summary>
    public readonly int Left => _bytes.Length;

    /// <summary>Reads a number that is not negative.</summary>
    /// <param name="most">Largest value that makes sense.</param>
    /// <exception cref="DamagedDataException">There is none, or it is larger.</exception>
    public long Count(long most)
    {
        var value = Digits();
        return value <= (UInt128)most ? (long)value : throw new DamagedDataException("a number is too large");
    }

    /// <summary>Reads the number of things that follow.</summary>
    /// <param name="most">How many there can be: no more than the bytes that are left for them.</param>
    /// <exception cref="DamagedDataException">There are more.</exception>
    public int CountUpTo(int most) => (int)Count(most);

    /// <summary>Reads a number that may be negative.</summary>
    /// <exception cref="DamagedDataException">There is none.</exception>
    public Int128 Signed()
    {
        var value = Digits();
        return (Int128)(value >> 1) ^ -(Int128)(value & 1);
    }

    /// <summary>Reads a number that may be negative and fits into 64 bits.</summary>
    /// <exception cref="DamagedDataException">There is none, or it does not.</exception>
    public long Signed64()
    {
        var value = Signed();
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : throw new DamagedDataException("a number is too large");
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="DamagedDataException">There is none.</exception>
    public string Text() => Encoding.UTF8.GetString(Block());

    /// <summary>Reads any number.</summary>
    /// <exception cref="DamagedDataException">There is none.</exception>
    public double Real()
    {
        if (_bytes.IsEmpty)
            throw TooShort();
        if (_bytes[0] == 1)
        {
            if (_bytes.Length <= sizeof(double))
                throw TooShort();
            var value = BinaryPrimitives.ReadDoubleLittleEndian(_bytes[1..]);
            _bytes = _bytes[(1 + sizeof(double))..];
            return value;
        }

        var whole = Digits();
        if ((whole & 1) != 0 || whole > ulong.MaxValue)
            throw new DamagedDataException("a number is not in its shortest form");
        var half = (long)(whole >> 1);
        return (half >> 1) ^ -(half & 1);
    }

    /// <summary>Reads a length and so many bytes.</summary>
    /// <exception cref="DamagedDataException">There are fewer.</exception>
    public ReadOnlySpan<byte> Block()
    {
        var length = (int)Count(int.MaxValue);
        if (length > _bytes.Length)
            throw TooShort();
        var block = _bytes[..length];
        _bytes = _bytes[length..];
        return block;
    }

    private UInt128 Digits()
    {
        ulong low = 0;
        for (var i = 0; i < Math.Min(_bytes.Length, ShortDigits); i++)
        {
            low |= (ulong)(_bytes[i] & 0x7F) << (7 * i);
            if (_bytes[i] < 0x80)
            {
                _bytes = _bytes[(i + 1)..];
                return low;
            }
        }

        return LongDigits();
    }

    private UInt128 LongDigits()
    {
        UInt128 value = 0;
        for (var i = 0; i < Math.Min(_bytes.Length, MostDigits); i++)
        {
            value |= (UInt128)(_bytes[i] & 0x7F) << (7 * i);
            if (_bytes[i] < 0x80)
            {
                _bytes = _bytes[(i + 1)..];
                return value;
            }
        }

        throw TooShort();
    }

    private static DamagedDataException TooShort() => new("the data end too early");
}
