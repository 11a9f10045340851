using System.Numerics;

namespace Onrush.Runs.Journal;

/// <summary>
/// Writes bits, the lowest first into the lowest of a byte.
/// <code>
/// rice k    value shifted down by k as that many ones and a zero, then the lowest k bits; from 32 ones on: 32 ones, then the value in 48 bits
/// signed    0, -1, 1, -2, 2 ... become 0, 1, 2, 3, 4 ...
/// </code>
/// </summary>
internal sealed class BitWriter
{
    /// <summary>Ones that stand for a value that is written as it is.</summary>
    public const int MostOnes = 32;

    /// <summary>Bits of such a value.</summary>
    public const int PlainBits = 48;

    private readonly PackedWriter _bytes = new();
    private ulong _open;
    private int _openBits;

    /// <summary>The bytes, the last one filled with zeros; nothing is written behind them.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            while (_openBits > 0)
                CloseByte();
            return _bytes.Bytes;
        }
    }

    /// <summary>Forgets the bits and keeps the memory.</summary>
    public void Clear()
    {
        _bytes.Clear();
        (_open, _openBits) = (0, 0);
    }

    /// <summary>Writes the lowest bits of a value, 56 at most.</summary>
    public void Bits(long value, int bits)
    {
        _open |= ((ulong)value & ((1UL << bits) - 1)) << _openBits;
        _openBits += bits;
        while (_openBits >= 8)
            CloseByte();
    }

    /// <summary>Writes a value that is not negative and mostly not much above 2^k.</summary>
    public void Rice(long value, int k)
    {
        var ones = value >> k;
        if (ones >= MostOnes)
        {
            Bits(uint.MaxValue, MostOnes);
            Bits(value, PlainBits);
            return;
        }

        Bits((1L << (int)ones) - 1, (int)ones + 1);
        Bits(value, k);
    }

    /// <summary>Writes a value that may be negative.</summary>
    public void SignedRice(long value, int k) => Rice((value << 1) ^ (value >> 63), k);

    /// <summary>The k that suits values of a mean.</summary>
    /// <param name="sum">Sum of the values.</param>
    /// <param name="count">Number of them.</param>
    /// <param name="most">Largest k there is room for.</param>
    public static int Best(long sum, int count, int most) =>
        count == 0 ? 0 : Math.Min(BitOperations.Log2((ulong)Math.Max(sum * 7 / 10 / count, 1)), most);

    private void CloseByte()
    {
        _bytes.Reserve(1)[0] = (byte)_open;
        _open >>= 8;
        _openBits = Math.Max(_openBits - 8, 0);
    }
}
