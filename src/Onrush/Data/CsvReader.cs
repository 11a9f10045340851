namespace Onrush.Data;

/// <summary>
/// Reads the records of a CSV text by RFC 4180: fields in quotes may hold separators, line ends and doubled quotes. Lines end by LF, CRLF or CR; empty ones
/// are passed over. Fields are views of a buffer that the next record overwrites.
/// </summary>
internal sealed class CsvReader(TextReader text, char separator, Func<long, string, LoadTestException> refused)
{
    private const int End = -1;

    private readonly char[] _buffer = new char[1 << 15];
    private readonly List<int> _ends = [];
    private char[] _record = new char[256];
    private int _length;
    private int _at;
    private int _filled;
    private long _line = 1;

    /// <summary>The line on which the record begins, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Number of fields of the record.</summary>
    public int Count => _ends.Count;

    /// <summary>A field of the record.</summary>
    public ReadOnlySpan<char> this[int field] => _record.AsSpan((field == 0 ? 0 : _ends[field - 1])..Ends(field));

    /// <summary>Goes to the next record; false at the end.</summary>
    /// <exception cref="LoadTestException">Quotes do not match.</exception>
    public bool Read()
    {
        while (Peek() != End)
        {
            _ends.Clear();
            _length = 0;
            Line = _line;
            var quoted = false;
            do
                quoted |= ReadField();
            while (TakeSeparator());
            if (Count > 1 || _length > 0 || quoted)
                return true;
        }

        return false;
    }

    private int Ends(int field) => _ends[field];

    /// <summary>True when the field stood in quotes.</summary>
    private bool ReadField()
    {
        var quoted = Peek() == '"';
        if (quoted)
        {
            Take();
            ReadQuoted();
        }
        else
        {
            for (int c; (c = Peek()) != separator && c is not ('\n' or '\r' or End); Append((char)Take()))
            {
                if (c == '"')
                    throw refused(_line, "a quote stands inside a field without quotes; put the field into quotes and double the quote inside");
            }
        }

        _ends.Add(_length);
        return quoted;
    }

    private void ReadQuoted()
    {
        var began = _line;
        while (true)
        {
            var c = Take();
            if (c == End)
                throw refused(began, "a quote is opened here and never closed");
            if (c == '"' && Peek() != '"')
                break;
            if (c == '"')
                Take();
            if (c == '\n' || (c == '\r' && Peek() != '\n'))
                _line++;
            Append((char)c);
        }

        if (Peek() is var next && next != separator && next is not ('\n' or '\r' or End))
            throw refused(_line, $"'{(char)next}' follows a closing quote; a separator or the end of the line has to");
    }

    /// <summary>Passes over what ends a field; false when that ends the record.</summary>
    private bool TakeSeparator()
    {
        var c = Take();
        if (c == separator)
            return true;
        if (c == '\r' && Peek() == '\n')
            Take();
        _line++;
        return false;
    }

    private void Append(char c)
    {
        if (_length == _record.Length)
            Array.Resize(ref _record, _length * 2);
        _record[_length++] = c;
    }

    private int Peek() => _at < _filled || Fill() ? _buffer[_at] : End;

    private int Take() => _at < _filled || Fill() ? _buffer[_at++] : End;

    private bool Fill()
    {
        _at = 0;
        _filled = text.Read(_buffer);
        return _filled > 0;
    }
}
