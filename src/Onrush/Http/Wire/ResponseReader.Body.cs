namespace Onrush.Http.Wire;

/// <content>The body in its four shapes: none, of a known length, until the connection closes, in chunks.</content>
internal sealed partial class ResponseReader
{
    private int _trailerBytes;
    private bool _sawCarriageReturn;

    private ReadStatus ReadBody(ReadOnlySpan<byte> input, ref int consumed)
    {
        switch (_state)
        {
            case State.NoBody:
                return Complete();
            case State.Fixed:
                TakeBody(input, ref consumed);
                return _remaining == 0 ? Complete() : ReadStatus.NeedMore;
            case State.UntilClose:
                return TakeUntilClose(input, ref consumed);
            case State.Complete:
                return ReadStatus.Complete;
            case State.Failed:
                return ReadStatus.Failed;
            default:
                return ReadChunks(input, ref consumed);
        }
    }

    /// <summary>Takes what there is of the <c>_remaining</c> bytes.</summary>
    private void TakeBody(ReadOnlySpan<byte> input, ref int consumed)
    {
        int take = (int)Math.Min(input.Length - consumed, _remaining);
        Keep(input.Slice(consumed, take));
        consumed += take;
        _remaining -= take;
    }

    private ReadStatus TakeUntilClose(ReadOnlySpan<byte> input, ref int consumed)
    {
        bool tooLarge = _keepBody && input.Length > MaxKeptBody - BodyBytes;
        if (tooLarge) input = input[..(int)(MaxKeptBody - BodyBytes)];
        Keep(input);
        consumed = input.Length;
        return tooLarge ? FailTooLarge() : ReadStatus.NeedMore;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        BodyBytes += bytes.Length;
        if (_keepBody && !bytes.IsEmpty) (_body ??= new PooledBuffer()).Append(bytes);
    }

    private ReadStatus ReadChunks(ReadOnlySpan<byte> input, ref int consumed)
    {
        while (true)
        {
            switch (_state)
            {
                case State.ChunkSize:
                    switch (TakeLine(input, ref consumed, MaxChunkLine, out var sizeLine, out _))
                    {
                        case LineStatus.More: return ReadStatus.NeedMore;
                        case LineStatus.TooLong: return Fail($"chunk size line longer than {Printable.Size(MaxChunkLine)}");
                    }

                    if (!TakeChunkSize(sizeLine)) return ReadStatus.Failed;
                    break;

                case State.ChunkData:
                    TakeBody(input, ref consumed);
                    if (_remaining > 0) return ReadStatus.NeedMore;
                    _sawCarriageReturn = false;
                    _state = State.ChunkEnd;
                    break;

                case State.ChunkEnd:
                    if (consumed == input.Length) return ReadStatus.NeedMore;
                    byte next = input[consumed++];
                    if (next == '\n') _state = State.ChunkSize;
                    else if (next == '\r' && !_sawCarriageReturn) _sawCarriageReturn = true;
                    else return Fail($"no line end after a chunk but {Printable.Quote([next])}");
                    break;

                default:
                    switch (TakeLine(input, ref consumed, MaxHead - _trailerBytes, out var trailer, out int size))
                    {
                        case LineStatus.More: return ReadStatus.NeedMore;
                        case LineStatus.TooLong: return Fail($"trailers larger than {Printable.Size(MaxHead)}");
                    }

                    _trailerBytes += size;
                    if (trailer.IsEmpty) return Complete();
                    if (!TakeTrailer(trailer)) return ReadStatus.Failed;
                    break;
            }

            if (_line is { Length: > 0 }) _line.Release();
        }
    }

    private enum LineStatus : byte
    {
        More,
        Line,
        TooLong,
    }

    /// <summary>Takes one line, held over between pieces when need be.</summary>
    /// <param name="input">All of the input.</param>
    /// <param name="consumed">Where in it the line, or what is left of it, begins; moved behind it.</param>
    /// <param name="limit">Bytes that the line may have, line end included.</param>
    /// <param name="line">The line without its line end; valid until <c>_line</c> is released.</param>
    /// <param name="size">Its bytes, line end included.</param>
    private LineStatus TakeLine(ReadOnlySpan<byte> input, ref int consumed, int limit, out ReadOnlySpan<byte> line, out int size)
    {
        int held = _line?.Length ?? 0;
        var window = input[consumed..];
        if (window.Length > limit - held) window = window[..(limit - held)];
        int end = window.IndexOf((byte)'\n');
        size = held + end + 1;
        if (end < 0)
        {
            line = default;
            consumed += window.Length;
            if (held + window.Length == limit) return LineStatus.TooLong;
            if (!window.IsEmpty) (_line ??= new PooledBuffer()).Append(window);
            return LineStatus.More;
        }

        consumed += end + 1;
        line = window[..end];
        if (held > 0)
        {
            _line!.Append(line);
            line = _line.Written;
        }

        if (line.EndsWith("\r"u8)) line = line[..^1];
        return LineStatus.Line;
    }

    private bool TakeChunkSize(ReadOnlySpan<byte> line)
    {
        long size = 0;
        int digits = 0;
        while (digits < line.Length && char.IsAsciiHexDigit((char)line[digits]))
        {
            if (size > long.MaxValue >> 4) return Reject($"chunk size too large: {Printable.Quote(line)}");
            size = (size << 4) + HexValue(line[digits++]);
        }

        var rest = HeaderLine.Trim(line[digits..]);
        if (digits == 0 || (!rest.IsEmpty && rest[0] != ';')) return Reject($"bad chunk size: {Printable.Quote(line)}");
        if (_keepBody && size > MaxKeptBody - BodyBytes)
        {
            FailTooLarge();
            return false;
        }

        _remaining = size;
        _state = size > 0 ? State.ChunkData : State.Trailers;
        _trailerBytes = 0;
        _fields.Lines = 0;
        return true;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private bool TakeTrailer(ReadOnlySpan<byte> line)
    {
        if (++_fields.Lines > MaxHeaderLines) return Reject($"more than {MaxHeaderLines} trailer lines");
        // A continuation; the first line continues nothing.
        if (_fields.Lines > 1 && line[0] is (byte)' ' or (byte)'\t') return true;
        return HeaderLine.TrySplit(line, out _, out _) || Reject($"bad trailer line: {Printable.Quote(line)}");
    }
}
