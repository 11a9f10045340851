using System.Buffers;
using System.Net;
using System.Net.Http;
using Onrush.Measurement;

namespace Onrush.Http.Client;

/// <summary>The body of a message: the bytes behind the head in the exchange's writer, or an upload that is read while it is sent.</summary>
internal sealed class ClientContent : HttpContent
{
    private const int PieceSize = 16 * 1024;

    private readonly ClientMessage _message;
    private readonly Exchange? _exchange;
    private readonly Upload? _upload;
    private readonly int _start;
    private readonly long _length;

    /// <summary>A body of no bytes: for the headers that the client takes only together with a body.</summary>
    public ClientContent(ClientMessage message) => _message = message;

    /// <summary>The body of an exchange.</summary>
    /// <param name="message">Whose body it is.</param>
    /// <param name="exchange">Holds the bytes or the upload.</param>
    /// <param name="start">Length of the head in the writer.</param>
    public ClientContent(ClientMessage message, Exchange exchange, int start)
    {
        _message = message;
        _exchange = exchange;
        _start = start;
        _upload = exchange.Upload;
        _length = _upload?.Remaining ?? exchange.Writer.Length - start;
    }

    /// <summary>The client has begun to send it and is not done.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>Instant at which the last byte was handed to the client; 0 before.</summary>
    public long DoneNs { get; private set; }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return length >= 0;
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // The head stands in a buffer until the body follows.
        ClientMessage.Announce(null);
        if (_exchange is null)
            return;
        await new QuietSwitch(_message.Session.Loop);
        ThrowIfOver();
        IsUnderWay = true;
        if (_upload is null)
        {
            await WriteAsync(stream, _exchange.Writer.WrittenMemory[_start..], cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await UploadAsync(stream, cancellationToken).ConfigureAwait(false);
        }

        // What the client has held back goes out when this returns.
        ClientMessage.Announce(_message);
        DoneNs = Engine.MonotonicClock.Now;
        IsUnderWay = false;
    }

    private async Task UploadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        while (await ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
        {
            await new QuietSwitch(_message.Session.Loop);
            ThrowIfOver();
            await WriteAsync(stream, buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }

        // Not after a failure: a write that was cut may still hold it.
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private ValueTask WriteAsync(Stream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ClientMessage.Announce(_message);
        var writing = stream.WriteAsync(bytes, cancellationToken);
        ClientMessage.Announce(null);
        return writing;
    }

    private async ValueTask<int> ReadAsync(byte[] buffer)
    {
        try
        {
            return await _upload!.ReadAsync(buffer).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException or ObjectDisposedException)
        {
            throw new ClientFailure(Outcome.Send, $"the body could not be read: {exception.Message}");
        }
    }

    private void ThrowIfOver()
    {
        if (_message.IsOver)
            throw new ClientFailure(Outcome.Cancelled, "the request is over");
    }
}
