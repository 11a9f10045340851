using System.Globalization;

namespace Onrush.Http.Wire;

/// <summary>
/// Reads HTTP/1.1 responses from whatever pieces the network delivers them in. Does no I/O and allocates nothing on the usual path:
/// a head that lies in one piece is parsed where it lies. Every verdict depends on the bytes alone, never on how they were cut:
/// a line is judged when it is complete, a limit when the first byte beyond it is there.
/// One connection owns it and uses it for all its responses, one after the other, on the thread of its loop.
/// </summary>
/// <param name="known">Heads read before by any reader of the same loop.</param>
internal sealed partial class ResponseReader(KnownHeads known) : IDisposable
{
    /// <summary>Longest head in bytes, empty lines before it included; the trailers together have the same limit.</summary>
    public const int MaxHead = 64 * 1024;

    /// <summary>Most header lines in a head, and most trailer lines.</summary>
    public const int MaxHeaderLines = 1000;

    /// <summary>Most 1xx responses before the final one.</summary>
    public const int MaxInterimResponses = 100;

    /// <summary>Most empty lines before the status line.</summary>
    public const int MaxEmptyLines = 8;

    /// <summary>Longest chunk size line in bytes, extensions and line end included.</summary>
    public const int MaxChunkLine = 4 * 1024;

    private State _state;
    private bool _headRequest;
    private bool _keepHead;
    private bool _keepBody;
    private int _interim;
    private long _remaining;
    private PooledBuffer? _held;
    private PooledBuffer? _line;
    private PooledBuffer? _body;

    private enum State : byte
    {
        Head,
        NoBody,
        Fixed,
        UntilClose,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailers,
        Complete,
        Failed,
    }

    /// <summary>Longest body that is kept, in bytes.</summary>
    public long MaxKeptBody { get; init; } = 256L << 20;

    /// <summary>Status of the final response; 0 before its status line.</summary>
    public int StatusCode => _fields.Status;

    /// <summary>Whether the connection can carry another request after this response.</summary>
    public bool KeepAlive { get; private set; }

    /// <summary>Value of Content-Length in bytes, also where the response has no body; -1 when there is none or it does not count.</summary>
    public long ContentLength => _fields.Chunked ? -1 : _fields.ContentLength;

    /// <summary>Bytes of the body so far, without chunk framing, as compressed as they came.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>Bytes of the message so far: interim responses, head, framing, body.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Whether the head has a Set-Cookie line.</summary>
    public bool HasSetCookie => _fields.SetCookie;

    /// <summary>Whether the head has a Location line.</summary>
    public bool HasLocation => _fields.Location;

    /// <summary>How the body is compressed.</summary>
    public ContentEncoding ContentEncoding => _fields.Encoding;

    /// <summary>What was wrong, in one short line; null unless failed.</summary>
    public string? Error { get; private set; }

    /// <summary>The peer closed before it sent a byte of this response: on a reused connection the request may be sent again.</summary>
    public bool ClosedBeforeResponse { get; private set; }

    /// <summary>The kept body; null when none was kept or it is empty. Valid until the next <see cref="Begin"/>.</summary>
    public PooledBuffer? Body => _body;

    /// <summary>Bytes of pooled memory held at the moment.</summary>
    public long HeldBytes => (_held?.Capacity ?? 0L) + (_line?.Capacity ?? 0L) + (_body?.Capacity ?? 0L);

    /// <summary>Makes ready for the response to the next request; gives back what was kept of the one before.</summary>
    /// <param name="headRequest">The request was HEAD: the response has no body.</param>
    /// <param name="keepHead">The head will be looked at after the message is complete.</param>
    /// <param name="keepBody">The body will be looked at; otherwise it is counted and dropped.</param>
    public void Begin(bool headRequest, bool keepHead, bool keepBody)
    {
        Release();
        _state = State.Head;
        _headRequest = headRequest;
        _keepHead = keepHead;
        _keepBody = keepBody;
        _interim = 0;
        _fields = HeadFields.None;
        KeepAlive = false;
        BodyBytes = 0;
        TotalBytes = 0;
        Error = null;
        ClosedBeforeResponse = false;
    }

    /// <summary>Takes the next piece of the connection's bytes. Bytes behind the message are left alone.</summary>
    /// <param name="input">What was received and not consumed yet; may be empty.</param>
    /// <param name="consumed">How many bytes of it belong to this message.</param>
    public ReadStatus Read(ReadOnlySpan<byte> input, out int consumed)
    {
        consumed = 0;
        ReadStatus status;
        if (_state == State.Head)
        {
            status = ReadHead(input, ref consumed);
        }
        else
        {
            if (!_keepHead && _held is { Capacity: > 0 }) _held.Release();
            status = ReadBody(input, ref consumed);
        }

        TotalBytes += consumed;
        return status;
    }

    /// <summary>Tells that the peer has closed its side. Ends a body that goes on until then; everything else is cut off.</summary>
    public ReadStatus EndOfStream()
    {
        switch (_state)
        {
            case State.Complete or State.NoBody or State.UntilClose:
                return Complete();
            case State.Failed:
                return ReadStatus.Failed;
            case State.Head when TotalBytes == 0:
                ClosedBeforeResponse = true;
                return Fail("connection closed before the response");
            case State.Head:
                return Fail(DescribeCutHead());
            case State.Fixed:
                return Fail(string.Create(CultureInfo.InvariantCulture,
                    $"connection closed in the body: got {BodyBytes} of {_fields.ContentLength} bytes"));
            default:
                return Fail(string.Create(CultureInfo.InvariantCulture,
                    $"connection closed in the body: got {BodyBytes} bytes and no last chunk"));
        }
    }

    /// <summary>
    /// The head of the final response, status line and empty line included, folded lines joined by spaces. Valid when <see cref="Read"/>
    /// has returned <see cref="ReadStatus.Head"/>, until the next <see cref="Read"/>; with a kept head until the next <see cref="Begin"/>.
    /// </summary>
    /// <param name="input">The input of the <see cref="Read"/> that returned Head, unchanged; not looked at when the head was kept.</param>
    public ReadOnlySpan<byte> Head(ReadOnlySpan<byte> input) =>
        (_held is { Length: > 0 } ? _held.Written : input)[_fields.HeadStart.._fields.HeadEnd];

    /// <summary>Hands the kept body over to the caller, who releases it; null when none was kept or it is empty.</summary>
    public PooledBuffer? DetachBody()
    {
        var body = _body;
        _body = null;
        return body;
    }

    /// <inheritdoc/>
    public void Dispose() => Release();

    private void Release()
    {
        _held?.Release();
        _line?.Release();
        _body?.Release();
    }

    private ReadStatus Complete()
    {
        _state = State.Complete;
        _line?.Release();
        return ReadStatus.Complete;
    }

    private ReadStatus Fail(string error)
    {
        _state = State.Failed;
        KeepAlive = false;
        Error = error;
        _line?.Release();
        return ReadStatus.Failed;
    }
}
