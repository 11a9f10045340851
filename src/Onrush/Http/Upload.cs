using System.Buffers;

namespace Onrush.Http;

/// <summary>
/// A body that is read from a stream while it is sent, piece by piece through the exchange's writer. Belongs to one exchange.
/// </summary>
internal sealed class Upload
{
    private const int PieceSize = 16 * 1024;

    private readonly Exchange _exchange;
    private readonly RequestBody _body;
    private readonly bool _contentTypeGiven;
    private Stream _source;
    private long _remaining;
    private byte[] _head = [];
    private bool _ended;
    private bool _reading;

    public Upload(Exchange exchange, RequestBody body, bool contentTypeGiven)
    {
        _exchange = exchange;
        _body = body;
        _contentTypeGiven = contentTypeGiven;
        _source = body.OpenStream(out _remaining);
    }

    /// <summary>Whether every piece was handed out.</summary>
    public bool HasEnded => _ended;

    /// <summary>Whether the body can be sent a second time. Not while a piece is being read: that read would take its bytes out of the second round.</summary>
    public bool CanReplay => _body.CanReplay && !_reading;

    /// <summary>Bytes of the body that were not read yet; -1 when that is not known before the end.</summary>
    public long Remaining => _remaining;

    /// <summary>Ends the head; the pieces follow.</summary>
    public void EndHead()
    {
        _body.EndHead(_exchange.Writer, emptyLength: false, _contentTypeGiven, _remaining);
        _head = _exchange.Writer.Written.ToArray();
    }

    /// <summary>Puts the head back into the writer.</summary>
    public void RestoreHead()
    {
        _exchange.Writer.Reset();
        _exchange.Writer.Write(_head);
    }

    /// <summary>Begins the body anew: for a retry or a redirect.</summary>
    public void Rewind()
    {
        _source = _body.OpenStream(out _remaining);
        _ended = false;
    }

    /// <summary>The head was rewritten for a redirect.</summary>
    public void KeepHead() => _head = _exchange.Writer.Written.ToArray();

    /// <summary>Puts the next piece into the writer; false when the body is complete.</summary>
    /// <exception cref="IOException">The stream could not be read, or ended before its length.</exception>
    public async ValueTask<bool> FillAsync()
    {
        if (_ended)
            return false;
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            var serial = _exchange.Serial;
            _reading = true;
            var count = await ReadAsync(buffer.AsMemory(0, PieceSize));
            await _exchange.Loop.SwitchTo();
            _reading = false;

            // The request may have ended meanwhile, and the exchange serve the next.
            if (_exchange.Serial != serial || !ReferenceEquals(_exchange.Upload, this))
                return false;
            _exchange.Writer.Reset();
            if (_remaining < 0)
                return FillChunk(buffer.AsSpan(0, count));
            _ended = _remaining == 0;
            _exchange.Writer.Write(buffer.AsSpan(0, count));
            return count > 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads the next bytes of the body, past the writer; 0 at its end.</summary>
    /// <exception cref="IOException">The stream could not be read, or ended before its length.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        if (_remaining >= 0 && _remaining < buffer.Length)
            buffer = buffer[..(int)_remaining];
        var count = buffer.IsEmpty ? 0 : await _source.ReadAsync(buffer);
        if (_remaining < 0)
            return count;
        if (count == 0 && _remaining > 0)
            throw new IOException($"the body's stream ended {_remaining} bytes early");
        _remaining -= count;
        return count;
    }

    private bool FillChunk(ReadOnlySpan<byte> piece)
    {
        var writer = _exchange.Writer;
        writer.WriteHex(piece.Length);
        writer.Write("\r\n"u8);
        writer.Write(piece);
        writer.Write("\r\n"u8);
        _ended = piece.IsEmpty;
        return true;
    }
}
