using System.Buffers.Binary;
using System.Numerics;

namespace Onrush.Cli.Scripts;

/// <summary>
/// SHA-256 (FIPS 180-4) for the few kilobytes of a load test. The platform's own lies in OpenSSL: loading that takes 6 MB of memory and 10 ms of every start, which
/// a run without TLS needs for nothing else.
/// </summary>
internal sealed class Sha256
{
    private const int BlockSize = 64;

    private static readonly uint[] Constants = FractionsOf(Math.Cbrt, 64);
    private static readonly uint[] Beginning = FractionsOf(Math.Sqrt, 8);

    private readonly uint[] _state = [.. Beginning];
    private readonly uint[] _schedule = new uint[64];
    private readonly byte[] _block = new byte[BlockSize];
    private long _length;

    /// <summary>The hash of bytes, 32 of them.</summary>
    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        var hash = new Sha256();
        hash.Append(bytes);
        return hash.Finish();
    }

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int filled = (int)(_length % BlockSize);
            int taken = Math.Min(BlockSize - filled, bytes.Length);
            bytes[..taken].CopyTo(_block.AsSpan(filled));
            bytes = bytes[taken..];
            _length += taken;
            if (_length % BlockSize == 0)
                Compress();
        }
    }

    /// <summary>The hash of everything that was added, 32 bytes. Once.</summary>
    public byte[] Finish()
    {
        // A one bit, zeros, and the length in bits in the last eight bytes of a block.
        long bits = _length * 8;
        Append([0x80]);
        while (_length % BlockSize != BlockSize - sizeof(long))
            Append([0]);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(length, bits);
        Append(length);

        byte[] hash = new byte[32];
        for (int i = 0; i < _state.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(i * sizeof(uint)), _state[i]);
        return hash;
    }

    private void Compress()
    {
        uint[] w = _schedule;
        for (int t = 0; t < 16; t++)
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(_block.AsSpan(t * sizeof(uint)));
        for (int t = 16; t < 64; t++)
        {
            uint s0 = BitOperations.RotateRight(w[t - 15], 7) ^ BitOperations.RotateRight(w[t - 15], 18) ^ (w[t - 15] >> 3);
            uint s1 = BitOperations.RotateRight(w[t - 2], 17) ^ BitOperations.RotateRight(w[t - 2], 19) ^ (w[t - 2] >> 10);
            w[t] = s1 + w[t - 7] + s0 + w[t - 16];
        }

        (uint a, uint b, uint c, uint d) = (_state[0], _state[1], _state[2], _state[3]);
        (uint e, uint f, uint g, uint h) = (_state[4], _state[5], _state[6], _state[7]);
        for (int t = 0; t < 64; t++)
        {
            uint s1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            uint first = h + s1 + ((e & f) ^ (~e & g)) + Constants[t] + w[t];
            uint s0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            uint second = s0 + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        Span<uint> sums = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < sums.Length; i++)
            _state[i] += sums[i];
    }

    // A loop instead of a query: the runtime would compile what is generic over uint at every start.
    private static uint[] FractionsOf(Func<double, double> root, int count)
    {
        uint[] fractions = new uint[count];
        for (int candidate = 2, found = 0; found < count; candidate++)
            if (IsPrime(candidate))
                fractions[found++] = Fraction(root(candidate));
        return fractions;
    }

    private static bool IsPrime(int candidate)
    {
        for (int divisor = 2; divisor * divisor <= candidate; divisor++)
            if (candidate % divisor == 0)
                return false;
        return true;
    }

    // The first 32 bits behind the point: a double holds 52 of a root below 8.
    private static uint Fraction(double root) => (uint)((root - Math.Floor(root)) * 4294967296.0);
}
