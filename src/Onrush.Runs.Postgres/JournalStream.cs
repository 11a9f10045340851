namespace Onrush.Runs.Postgres;

/// <summary>
/// Reads a journal from the database as it was when it was opened, some chunks at a time. May be read from any position. Used by one thread.
/// </summary>
internal sealed class JournalStream(JournalRows rows, string run, long length) : Stream
{
    private readonly Queue<(long Position, byte[] Bytes)> _next = new();
    private (long Position, byte[] Bytes) _chunk = (0, []);
    private long _position;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="IOException">The server cannot be reached, or the run was deleted meanwhile.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_position >= length || buffer.Length == 0)
            return 0;
        if (!Holds(_chunk))
            _chunk = Fetch();
        var from = (int)(_position - _chunk.Position);
        var count = (int)Math.Min(Math.Min(buffer.Length, _chunk.Bytes.Length - from), length - _position);
        _chunk.Bytes.AsSpan(from, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => _position, _ => length };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private (long Position, byte[] Bytes) Fetch()
    {
        while (_next.TryDequeue(out var chunk))
            if (Holds(chunk))
                return chunk;
        foreach (var chunk in rows.Read(run, _position))
            _next.Enqueue(chunk);
        return _next.TryDequeue(out var first) && Holds(first)
            ? first
            : throw new IOException("a part of the journal is missing in the database; the run was deleted meanwhile");
    }

    private bool Holds((long Position, byte[] Bytes) chunk) => _position >= chunk.Position && _position - chunk.Position < chunk.Bytes.Length;
}
