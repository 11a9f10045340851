using System.Text;

namespace Onrush.Http.Wire;

/// <content>The header lines that decide how long the body is and what becomes of the connection.</content>
internal sealed partial class ResponseReader
{
    private bool TakeHeaderLine(ReadOnlySpan<byte> line, int next)
    {
        _fields.LineStart = _fields.ScanFrom = next;
        if (++_fields.Lines > MaxHeaderLines) return Reject($"more than {MaxHeaderLines} header lines");
        if (!HeaderLine.TrySplit(line, out var name, out var value)) return Reject($"bad header line: {Printable.Quote(line)}");

        switch (name.Length)
        {
            case 8 when Is(name, "location"u8):
                _fields.Location = true;
                return true;
            case 10 when Is(name, "connection"u8):
                TakeConnection(value);
                return true;
            case 10 when Is(name, "set-cookie"u8):
                _fields.SetCookie = true;
                return true;
            case 14 when Is(name, "content-length"u8):
                return TakeContentLength(HeaderLine.Trim(value));
            case 16 when Is(name, "content-encoding"u8):
                _fields.Encoding = ContentEncodings.Add(_fields.Encoding, HeaderLine.Trim(value));
                return true;
            case 17 when Is(name, "transfer-encoding"u8):
                TakeTransferEncoding(HeaderLine.Trim(value));
                return true;
            default:
                return true;
        }
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) => Ascii.EqualsIgnoreCase(name, expected);

    private bool Reject(string error)
    {
        Fail(error);
        return false;
    }

    private void TakeConnection(ReadOnlySpan<byte> value)
    {
        while (NextElement(ref value, out var token))
            if (Is(token, "close"u8)) _fields.CloseToken = true;
            else if (Is(token, "keep-alive"u8)) _fields.KeepAliveToken = true;
    }

    private bool TakeContentLength(ReadOnlySpan<byte> value)
    {
        // A list of equal numbers is what some proxy made of several equal lines.
        var rest = value;
        bool any = false;
        while (NextElement(ref rest, out var element))
        {
            any = true;
            if (!TryNumber(element, out long length)) return Reject($"bad Content-Length: {Printable.Quote(value)}");
            if (_fields.ContentLength >= 0 && _fields.ContentLength != length)
                return Reject($"two different Content-Length values: {_fields.ContentLength} and {length}");
            _fields.ContentLength = length;
        }

        return any || Reject($"bad Content-Length: {Printable.Quote(value)}");
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        foreach (byte digit in digits)
        {
            uint value = (uint)(digit - '0');
            if (value > 9 || number > (long.MaxValue - value) / 10) return false;
            number = number * 10 + value;
        }

        return true;
    }

    private void TakeTransferEncoding(ReadOnlySpan<byte> value)
    {
        var rest = value;
        while (NextElement(ref rest, out var coding))
        {
            if (Is(coding, "identity"u8)) continue;
            // Only one coding is understood, and nothing may come after it. Judged at the end of the head, where it may not matter.
            if (Is(coding, "chunked"u8) && !_fields.Chunked) _fields.Chunked = true;
            else _fields.BadTransferCoding ??= Printable.Quote(value);
        }
    }

    /// <summary>Takes the next element that is not empty off a list with commas.</summary>
    private static bool NextElement(ref ReadOnlySpan<byte> list, out ReadOnlySpan<byte> element)
    {
        while (!list.IsEmpty)
        {
            int comma = list.IndexOf((byte)',');
            element = HeaderLine.Trim(comma < 0 ? list : list[..comma]);
            list = comma < 0 ? default : list[(comma + 1)..];
            if (!element.IsEmpty) return true;
        }

        element = default;
        return false;
    }

    /// <summary>The final head is complete: what follows it?</summary>
    private ReadStatus Decide()
    {
        bool noBody = _headRequest || _fields.Status is 101 or 204 or 304;
        if (noBody)
        {
            _state = State.NoBody;
        }
        else if (_fields.BadTransferCoding is { } coding)
        {
            return Fail($"Transfer-Encoding not supported: {coding}");
        }
        else if (_fields.Chunked)
        {
            _state = State.ChunkSize;
        }
        else if (_fields.ContentLength < 0)
        {
            _state = State.UntilClose;
        }
        else
        {
            if (_keepBody && _fields.ContentLength > MaxKeptBody) return FailTooLarge();
            _remaining = _fields.ContentLength;
            _state = _remaining == 0 ? State.NoBody : State.Fixed;
        }

        // HTTP/1.0 knows no chunks: what sent them cannot be trusted with another request.
        KeepAlive = !_fields.CloseToken && _state != State.UntilClose && _fields.Status != 101
            && (!_fields.Http10 || (_fields.KeepAliveToken && !_fields.Chunked));
        return ReadStatus.Head;
    }

    private ReadStatus FailTooLarge() => Fail($"body larger than {Printable.Size(MaxKeptBody)}");
}
