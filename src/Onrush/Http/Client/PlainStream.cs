using System.Runtime.CompilerServices;

namespace Onrush.Http.Client;

/// <summary>What lies above TLS: the client's bytes before they are encrypted, counted. The rest is the TLS stream's.</summary>
internal sealed class PlainStream(ClientLink link, Stream tls) : AwaitedStream
{
    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = tls.ReadAsync(buffer, cancellationToken);
        if (!read.IsCompletedSuccessfully)
            return WaitAsync(read, buffer);
        var count = read.Result;
        return link.Received(buffer.Span[..count]) is { } failure ? ValueTask.FromException<int>(failure) : new ValueTask<int>(count);
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var message = ClientMessage.Take(link.Session);
        return link.User.Loop.IsCurrent ? Write(message, buffer, cancellationToken) : WriteElsewhereAsync(message, buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => tls.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Flush() => tls.Flush();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            tls.Dispose();
        base.Dispose(disposing);
    }

    private ValueTask Write(ClientMessage? message, ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        if (link.BeginWrite(message) is { } failure)
            return ValueTask.FromException(failure);
        link.SentBytes += buffer.Length;
        return tls.WriteAsync(buffer, cancellationToken);
    }

    private async ValueTask WriteElsewhereAsync(ClientMessage? message, ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        await new QuietSwitch(link.User.Loop);
        await Write(message, buffer, cancellationToken).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAsync(ValueTask<int> read, Memory<byte> buffer)
    {
        var count = await read.ConfigureAwait(false);
        return link.Received(buffer.Span[..count]) is { } failure ? throw failure : count;
    }
}
