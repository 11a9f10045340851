using System.Buffers.Binary;
using System.Numerics;

namespace Onrush.Runs.Journal;

/// <summary>Reads what <see cref="BitWriter"/> wrote, and never past it. Most of a report is read by this, so it takes eight bytes at a time where there are as many.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private const int Most = 56;

    private ReadOnlySpan<byte> _bytes = bytes;

    // The next bits, the lowest first. Above those that count there may be some that come next anyway: taking them again changes nothing.
    private ulong _open;
    private int _openBits;

    /// <summary>Bits that were not read.</summary>
    public readonly long Left => _bytes.Length * 8L + _openBits;

    /// <summary>Reads so many bits, 56 at most.</summary>
    /// <exception cref="DamagedDataException">There are fewer.</exception>
    public long Bits(int bits)
    {
        if (_openBits < bits)
            Fill(bits);
        var value = _open & ((1UL << bits) - 1);
        Skip(bits);
        return (long)value;
    }

    /// <summary>Reads a value that is not negative.</summary>
    /// <exception cref="DamagedDataException">There is none.</exception>
    public long Rice(int k)
    {
        if (_openBits < Most)
            Fill(0);
        var ones = BitOperations.TrailingZeroCount(~_open);
        if (ones >= BitWriter.MostOnes)
        {
            Bits(BitWriter.MostOnes);
            return Bits(BitWriter.PlainBits);
        }

        // The zero that ends them is one of the bits.
        Bits(ones + 1);
        return ((long)ones << k) | Bits(k);
    }

    /// <summary>Reads a value that may be negative.</summary>
    /// <exception cref="DamagedDataException">There is none.</exception>
    public long SignedRice(int k)
    {
        var value = Rice(k);
        return (value >> 1) ^ -(value & 1);
    }

    private void Skip(int bits)
    {
        _open >>= bits;
        _openBits -= bits;
    }

    // As many as there is room for; at least those that are needed.
    private void Fill(int needed)
    {
        if (_bytes.Length >= sizeof(ulong))
        {
            _open |= BinaryPrimitives.ReadUInt64LittleEndian(_bytes) << _openBits;
            var taken = (63 - _openBits) >> 3;
            _bytes = _bytes[taken..];
            _openBits += taken * 8;
            return;
        }

        for (; _openBits <= Most && !_bytes.IsEmpty; _openBits += 8)
        {
            _open |= (ulong)_bytes[0] << _openBits;
            _bytes = _bytes[1..];
        }

        if (_openBits < needed)
            throw new DamagedDataException("the bits end too early");
    }
}
