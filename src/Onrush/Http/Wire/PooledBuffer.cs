using System.Buffers;

namespace Onrush.Http.Wire;

/// <summary>
/// Bytes in an array of the shared pool that grows as needed. Costs one small object while empty. Owned by one connection or one
/// response; not for two threads at once. An array above <see cref="LargestPooled"/> is not the pool's: the pool keeps what comes back
/// for each thread and size, and a few huge bodies would stay in memory for the whole run.
/// </summary>
internal sealed class PooledBuffer : IDisposable
{
    /// <summary>Largest array in bytes that comes from the pool and goes back to it.</summary>
    internal const int LargestPooled = 16 << 20;

    private const int FirstSize = 256;

    private byte[] _array = [];

    /// <summary>Number of bytes held.</summary>
    public int Length { get; private set; }

    /// <summary>Size in bytes of the array rented at the moment, 0 when there is none.</summary>
    public int Capacity => _array.Length;

    /// <summary>The bytes held; valid until the next change.</summary>
    public Span<byte> Written => _array.AsSpan(0, Length);

    /// <summary>The bytes held; valid until the next change.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _array.AsMemory(0, Length);

    /// <summary>Adds <paramref name="bytes"/> behind what is held.</summary>
    /// <param name="bytes">What to add; not a part of this buffer.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Room behind what is held, to be taken with <see cref="Advance"/>.</summary>
    /// <param name="atLeast">Bytes the room must have.</param>
    public Span<byte> Free(int atLeast)
    {
        if (_array.Length - Length < atLeast) Grow(atLeast);
        return _array.AsSpan(Length);
    }

    /// <summary>Takes bytes that were written to <see cref="Free"/>.</summary>
    /// <param name="count">Number of bytes written.</param>
    public void Advance(int count) => Length += count;

    /// <summary>Forgets what lies behind the first <paramref name="length"/> bytes.</summary>
    /// <param name="length">Bytes to keep; not more than are held.</param>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length, nameof(length));
        Length = length;
    }

    /// <summary>Forgets the bytes and keeps the array.</summary>
    public void Clear() => Length = 0;

    /// <summary>Forgets the bytes and gives the array back to the pool. The buffer can be used again.</summary>
    public void Release()
    {
        Length = 0;
        Return(_array);
        _array = [];
    }

    /// <inheritdoc/>
    public void Dispose() => Release();

    private void Grow(int atLeast)
    {
        long needed = (long)Length + atLeast;
        if (needed > Array.MaxLength) throw new InvalidOperationException($"A buffer of {needed} bytes is larger than an array can be.");
        long size = Math.Min(Math.Max(needed, Math.Max(FirstSize, 2L * _array.Length)), Array.MaxLength);
        byte[] grown = size > LargestPooled ? GC.AllocateUninitializedArray<byte>((int)size) : ArrayPool<byte>.Shared.Rent((int)size);
        Written.CopyTo(grown);
        Return(_array);
        _array = grown;
    }

    private static void Return(byte[] array)
    {
        if (array.Length is > 0 and <= LargestPooled) ArrayPool<byte>.Shared.Return(array);
    }
}
