namespace Onrush.Tests.Http.Fast;

/// <summary>A stream that answers every other read later and on another thread, in uneven pieces.</summary>
internal sealed class SlowStream(byte[] content, bool known) : Stream
{
    private int _position;
    private int _reads;

    /// <summary>Position at which reading throws; -1 for never.</summary>
    public int FailsAt { get; init; } = -1;

    public Exception Failure { get; init; } = new IOException("disk on fire");

    public override bool CanRead => true;

    public override bool CanSeek => known;

    public override bool CanWrite => false;

    public override long Length => known ? content.Length : throw new NotSupportedException();

    public override long Position
    {
        get => known ? _position : throw new NotSupportedException();
        set => _position = (int)value;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (++_reads % 2 == 0)
            await Task.Run(static () => { }, cancellationToken).ConfigureAwait(false);
        if (FailsAt >= 0 && _position >= FailsAt)
            throw Failure;
        var count = Math.Min(Math.Min(buffer.Length, 1 + _reads * 997 % 9000), content.Length - _position);
        content.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
