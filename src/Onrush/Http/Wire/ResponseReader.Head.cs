using System.Buffers;

namespace Onrush.Http.Wire;

/// <content>
/// The head. Lines are judged one by one as their line ends arrive, straight in the input while nothing is held over from an earlier
/// piece, else in the held copy, by the same code. A header line is complete only with the first byte of the next line, because
/// a space there makes that line its continuation.
/// </content>
internal sealed partial class ResponseReader
{
    // What a status line must begin with; the digit of the minor version follows.
    private static ReadOnlySpan<byte> StatusLinePrefix => "HTTP/1."u8;

    // What a reason may not contain: control characters but the tab.
    private static readonly SearchValues<byte> ControlBytes = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    private HeadFields _fields = HeadFields.None;

    private enum Scan : byte
    {
        More,
        Fold,
        End,
        Failed,
    }

    private ReadStatus ReadHead(ReadOnlySpan<byte> input, ref int consumed)
    {
        if (TotalBytes == 0 && known.TryFind(input, out var fields, out int length))
        {
            _fields = fields;
            if (_keepHead) Hold(input[..length]);
            consumed = length;
            return Decide();
        }

        while (true)
        {
            var scan = _held is { Length: > 0 } ? Scan.Fold : ScanInPlace(input, ref consumed);
            if (scan == Scan.Fold) scan = ScanHeld(input, ref consumed);
            switch (scan)
            {
                case Scan.More: return ReadStatus.NeedMore;
                case Scan.Failed: return ReadStatus.Failed;
            }

            if (_fields.Status is >= 100 and < 200 and not 101)
            {
                if (++_interim > MaxInterimResponses) return Fail($"more than {MaxInterimResponses} interim responses");
                _held?.Release();
                _fields = HeadFields.None;
                continue;
            }

            return Decide();
        }
    }

    /// <summary>Scans the head where it lies; on an incomplete one copies it to the held buffer.</summary>
    private Scan ScanInPlace(ReadOnlySpan<byte> input, ref int consumed)
    {
        var head = input[consumed..];
        if (head.Length > MaxHead) head = head[..MaxHead];
        var scan = ScanLines(head);
        int end = _fields.LineStart;
        switch (scan)
        {
            case Scan.More:
                end = head.Length;
                if (end > 0) Hold(head);
                break;
            case Scan.Fold:
                // Joining lines needs a copy that can be written to: go on there, from the line that is being continued.
                _fields.ScanFrom = end;
                Hold(head[..end]);
                break;
            case Scan.End when _keepHead:
                Hold(head[_fields.HeadStart..end]);
                _fields.HeadEnd = end - _fields.HeadStart;
                _fields.HeadStart = 0;
                break;
            case Scan.End:
                _fields.HeadStart += consumed;
                _fields.HeadEnd = consumed + end;
                break;
        }

        if (scan == Scan.End && consumed == 0 && _fields is { EmptyLines: 0, Status: >= 200, BadTransferCoding: null })
            known.Remember(input, end, in _fields);
        consumed += end;
        return scan;
    }

    /// <summary>Moves the input to the held buffer line by line, no byte beyond the head, and scans there.</summary>
    private Scan ScanHeld(ReadOnlySpan<byte> input, ref int consumed)
    {
        var held = _held!;
        while (consumed < input.Length)
        {
            var rest = input[consumed..];
            int lineEnd = rest.IndexOf((byte)'\n');
            int take = Math.Min(lineEnd < 0 ? rest.Length : lineEnd + 1, MaxHead - held.Length);
            held.Append(rest[..take]);
            consumed += take;

            var scan = ScanLines(held.Written);
            while (scan == Scan.Fold)
            {
                Unfold(held.Written);
                scan = ScanLines(held.Written);
            }

            if (scan == Scan.More) continue;
            if (scan == Scan.End) _fields.HeadEnd = held.Length;
            else consumed -= held.Length - _fields.LineStart;
            return scan;
        }

        return Scan.More;
    }

    private void Hold(ReadOnlySpan<byte> bytes) => (_held ??= new PooledBuffer()).Append(bytes);

    /// <summary>Replaces the line end before a continuation by spaces, so that both are one line.</summary>
    private void Unfold(Span<byte> head)
    {
        int end = _fields.ScanFrom;
        head[end] = (byte)' ';
        if (head[end - 1] == '\r') head[end - 1] = (byte)' ';
        _fields.ScanFrom = end + 1;
        _fields.Lines++;
    }

    /// <summary>
    /// Judges the complete lines from <c>LineStart</c> on. Leaves <c>LineStart</c> behind the last line that was judged or, when failed,
    /// at the byte up to which the message counts.
    /// </summary>
    private Scan ScanLines(ReadOnlySpan<byte> head)
    {
        while (true)
        {
            int end = head[_fields.ScanFrom..].IndexOf((byte)'\n');
            if (!_fields.SawStatusLine && !CanBeStatusLine(head, end)) return Scan.Failed;
            if (end < 0) return Incomplete(head, head.Length);

            end += _fields.ScanFrom;
            int textEnd = end > _fields.LineStart && head[end - 1] == '\r' ? end - 1 : end;
            var line = head[_fields.LineStart..textEnd];
            if (!_fields.SawStatusLine)
            {
                if (!TakeStatusLine(line, end + 1)) return Scan.Failed;
                continue;
            }

            if (line.IsEmpty)
            {
                _fields.LineStart = end + 1;
                if (!head[..end].Contains((byte)0)) return Scan.End;
                Fail("NUL byte in the head");
                return Scan.Failed;
            }

            if (end + 1 == head.Length) return Incomplete(head, end);
            if (head[end + 1] is (byte)' ' or (byte)'\t')
            {
                // A first line that begins with white space continues nothing; it fails below when it is complete.
                if (line[0] is not ((byte)' ' or (byte)'\t'))
                {
                    _fields.ScanFrom = end;
                    return Scan.Fold;
                }
            }

            if (!TakeHeaderLine(line, end + 1)) return Scan.Failed;
        }
    }

    private Scan Incomplete(ReadOnlySpan<byte> head, int scanFrom)
    {
        _fields.ScanFrom = scanFrom;
        if (head.Length < MaxHead) return Scan.More;
        return FailAt(MaxHead, $"head larger than {Printable.Size(MaxHead)}");
    }

    private Scan FailAt(int position, string error)
    {
        _fields.LineStart = position;
        Fail(error);
        return Scan.Failed;
    }

    /// <summary>Whether a status line longer than an error shows begins like one; so that endless garbage is named early.</summary>
    private bool CanBeStatusLine(ReadOnlySpan<byte> head, int lineEnd)
    {
        int start = _fields.LineStart;
        int length = (lineEnd < 0 ? head.Length : _fields.ScanFrom + lineEnd) - start;
        if (length <= Printable.MaxLength || head[start..].StartsWith(StatusLinePrefix)) return true;
        FailAt(start + Printable.MaxLength + 1, NotHttp(head.Slice(start, Printable.MaxLength + 1)));
        return false;
    }

    private static string NotHttp(ReadOnlySpan<byte> line) => $"not an HTTP response: {Printable.Quote(line)}";

    private bool TakeStatusLine(ReadOnlySpan<byte> line, int next)
    {
        _fields.LineStart = _fields.ScanFrom = next;
        if (line.IsEmpty)
        {
            _fields.HeadStart = next;
            if (++_fields.EmptyLines <= MaxEmptyLines) return true;
            Fail($"more than {MaxEmptyLines} empty lines before the response");
            return false;
        }

        // "HTTP/1.x NNN", then nothing or a space and a reason.
        if (line.Length >= 12 && line.StartsWith(StatusLinePrefix) && char.IsAsciiDigit((char)line[7]) && line[8] == ' '
            && (line.Length == 12 || line[12] == ' ') && TryStatus(line.Slice(9, 3), out int status) && !line[12..].ContainsAny(ControlBytes))
        {
            _fields.SawStatusLine = true;
            _fields.Status = (short)status;
            _fields.Http10 = line[7] == '0';
            return true;
        }

        Fail(NotHttp(line));
        return false;
    }

    private static bool TryStatus(ReadOnlySpan<byte> digits, out int status)
    {
        int hundreds = digits[0] - '0';
        int tens = digits[1] - '0';
        int ones = digits[2] - '0';
        status = hundreds * 100 + tens * 10 + ones;
        return (uint)(hundreds - 1) <= 8 && (uint)tens <= 9 && (uint)ones <= 9;
    }

    private string DescribeCutHead()
    {
        if (!_fields.SawStatusLine && _held is { Length: > 0 })
        {
            ReadOnlySpan<byte> start = _held.Written[_fields.LineStart..];
            int compared = Math.Min(start.Length, StatusLinePrefix.Length);
            if (!start[..compared].SequenceEqual(StatusLinePrefix[..compared]) && start is not [(byte)'\r']) return NotHttp(start);
        }

        return "connection closed in the head";
    }
}
