namespace Onrush.Tests.Http.Fast;

/// <summary>A stream of zeros without a known length whose reads can be held up, and which notes how deep the calls were.</summary>
internal sealed class PieceStream(int length) : Stream
{
    private int _left = length;

    /// <summary>Holds up every read until it completes.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    /// <summary>Frames on the stack at each read.</summary>
    public List<int> Depths { get; } = [];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Depths.Add(new System.Diagnostics.StackTrace().FrameCount);
        await Gate;
        var count = Math.Min(buffer.Length, _left);
        _left -= count;
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
