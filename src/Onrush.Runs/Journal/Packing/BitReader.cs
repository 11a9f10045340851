namespace Onrush.Runs.Journal;

/// <summary>Reads what <see cref="BitWriter"/> wrote, and never past it.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _bytes = bytes;
    private ulong _open;
    private int _openBits;

    /// <summary>Bits that were not read.</summary>
    public readonly long Left => _bytes.Length * 8L + _openBits;

    /// <summary>Reads so many bits, 56 at most.</summary>
    /// <exception cref="DamagedDataException">There are fewer.</exception>
    public long Bits(int bits)
    {
        while (_openBits < bits)
        {
            if (_bytes.IsEmpty)
                throw new DamagedDataException("the bits end too early");
            _open |= (ulong)_bytes[0] << _openBits;
            _openBits += 8;
            _bytes = _bytes[1..];
        }

        var value = _open & ((1UL << bits) - 1);
        _open >>= bits;
        _openBits -= bits;
        return (long)value;
    }

    /// <summary>Reads a value that is not negative.</summary>
    /// <exception cref="DamagedDataException">There is none.</exception>
    public long Rice(int k)
    {
        var ones = 0;
        while (ones < BitWriter.MostOnes && Bits(1) == 1)
            ones++;
        return ones == BitWriter.MostOnes ? Bits(BitWriter.PlainBits) : ((long)ones << k) | Bits(k);
    }

    /// <summary>Reads a value that may be negative.</summary>
    /// <exception cref="DamagedDataException">There is none.</exception>
    public long SignedRice(int k)
    {
        var value = Rice(k);
        return (value >> 1) ^ -(value & 1);
    }
}
