namespace Onrush.Http.Wire;

/// <summary>A piece of a <see cref="SegmentStream"/>: the rest of a stream or, without one, bytes.</summary>
/// <param name="Bytes">The bytes; empty with a stream.</param>
/// <param name="Source">The stream; not owned.</param>
/// <param name="Start">Where in a seekable stream to begin.</param>
internal readonly record struct Segment(ReadOnlyMemory<byte> Bytes, Stream? Source, long Start);

/// <summary>Reads pieces one after the other, forwards only.</summary>
/// <param name="segments">The pieces.</param>
internal sealed class SegmentStream(IReadOnlyList<Segment> segments) : Stream
{
    private int _index;
    private long _offset;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>Whether a read found nothing more: the reader wanted to go on.</summary>
    public bool ReadPastEnd { get; private set; }

    /// <summary>Bytes in all; known only when every stream among the pieces can seek.</summary>
    /// <exception cref="NotSupportedException">A piece is a stream that cannot seek.</exception>
    public override long Length
    {
        get
        {
            long length = 0;
            foreach (var segment in segments)
                length += segment.Source is null ? segment.Bytes.Length : Math.Max(0, segment.Source.Length - segment.Start);
            return length;
        }
    }

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_index < segments.Count && buffer.Length > 0)
        {
            int read = Source() is { } source ? source.Read(buffer) : Copy(buffer);
            if (Took(read)) return read;
        }

        ReadPastEnd |= _index == segments.Count;
        return 0;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_index < segments.Count && buffer.Length > 0)
        {
            int read = Source() is { } source ? await source.ReadAsync(buffer, cancellationToken) : Copy(buffer.Span);
            if (Took(read)) return read;
        }

        ReadPastEnd |= _index == segments.Count;
        return 0;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>The stream of the piece at hand, put to its start before the first read.</summary>
    private Stream? Source()
    {
        var segment = segments[_index];
        if (_offset == 0 && segment.Source is { CanSeek: true } source) source.Position = segment.Start;
        return segment.Source;
    }

    private int Copy(Span<byte> buffer)
    {
        var rest = segments[_index].Bytes.Span[(int)_offset..];
        int count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        return count;
    }

    /// <summary>True when the piece gave something; otherwise it is over and the next one follows.</summary>
    private bool Took(int read)
    {
        _offset = read > 0 ? _offset + read : 0;
        if (read == 0) _index++;
        return read > 0;
    }
}
