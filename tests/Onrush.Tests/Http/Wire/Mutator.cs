namespace Onrush.Tests.Http.Wire;

/// <summary>Makes one message after the other out of the corpus, the same ones for the same seed. Writes into its own buffer.</summary>
internal sealed class Mutator(int seed)
{
    private const int MaxLength = 4096;

    private readonly byte[] _buffer = new byte[MaxLength];
    private int _length;

    public Random Random { get; } = new(seed);

    /// <summary>The next message; valid until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        byte[] source = Pick(ResponseCorpus.Messages);
        source.CopyTo(_buffer, 0);
        _length = source.Length;
        for (int count = Random.Next(5); count > 0; count--) Mutate();
        return _buffer.AsSpan(0, _length);
    }

    private void Mutate()
    {
        switch (Random.Next(8))
        {
            case 0 when _length > 0:
                _buffer[Random.Next(_length)] ^= (byte)(1 << Random.Next(8));
                break;
            case 1 when _length > 0:
                _buffer[Random.Next(_length)] = (byte)Random.Next(256);
                break;
            case 2:
                Delete(Random.Next(1, 20));
                break;
            case 3:
                Insert(Pick(ResponseCorpus.Tokens));
                break;
            case 4:
                Duplicate();
                break;
            case 5 when Random.Next(3) == 0:
                _length = Random.Next(_length + 1);
                break;
            case 6:
                Splice();
                break;
            default:
                Replace(Pick(ResponseCorpus.Tokens));
                break;
        }
    }

    private byte[] Pick(byte[][] from) => from[Random.Next(from.Length)];

    private void Delete(int count)
    {
        int at = Random.Next(_length + 1);
        count = Math.Min(count, _length - at);
        _buffer.AsSpan(at + count, _length - at - count).CopyTo(_buffer.AsSpan(at));
        _length -= count;
    }

    private void Insert(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > MaxLength) return;
        int at = Random.Next(_length + 1);
        _buffer.AsSpan(at, _length - at).CopyTo(_buffer.AsSpan(at + bytes.Length));
        bytes.CopyTo(_buffer.AsSpan(at));
        _length += bytes.Length;
    }

    private void Replace(ReadOnlySpan<byte> bytes)
    {
        if (_length <= bytes.Length) return;
        bytes.CopyTo(_buffer.AsSpan(Random.Next(_length - bytes.Length)));
    }

    private void Duplicate()
    {
        int at = Random.Next(_length + 1);
        int count = Math.Min(Random.Next(1, 60), _length - at);
        Span<byte> copy = stackalloc byte[60];
        _buffer.AsSpan(at, count).CopyTo(copy);
        Insert(copy[..count]);
    }

    private void Splice()
    {
        byte[] other = Pick(ResponseCorpus.Messages);
        int keep = Random.Next(_length + 1);
        int from = Random.Next(other.Length + 1);
        int take = Math.Min(other.Length - from, MaxLength - keep);
        other.AsSpan(from, take).CopyTo(_buffer.AsSpan(keep));
        _length = keep + take;
    }
}
