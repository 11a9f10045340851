using System.Buffers.Binary;

namespace Onrush.Users;

/// <summary>What <c>Random</c> gives the author of a load test: the whole of <see cref="System.Random"/> over a sequence of the user's own.</summary>
internal sealed class SeededRandom(SplitMix64 sequence) : Random
{
    private SplitMix64 _sequence = sequence;

    public override int Next() => (int)_sequence.NextBelow(int.MaxValue);

    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)_sequence.NextBelow(maxValue);
    }

    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    public override long NextInt64() => _sequence.NextBelow(long.MaxValue);

    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return _sequence.NextBelow(maxValue);
    }

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        var span = unchecked((ulong)maxValue - (ulong)minValue);
        return unchecked(minValue + (long)Math.BigMul(_sequence.Next(), span, out _));
    }

    public override double NextDouble() => _sequence.NextDouble();

    public override float NextSingle() => (_sequence.Next() >> 40) * (1f / (1 << 24));

    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    public override void NextBytes(Span<byte> buffer)
    {
        for (; buffer.Length >= sizeof(ulong); buffer = buffer[sizeof(ulong)..])
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, _sequence.Next());

        Span<byte> rest = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(rest, _sequence.Next());
        rest[..buffer.Length].CopyTo(buffer);
    }

    protected override double Sample() => _sequence.NextDouble();
}
