using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Onrush.Outputs.Influx;

/// <summary>
/// Writes points in InfluxDB's line protocol: <c>measurement,tag=value field=1i,field=2.5 time</c>, times in nanoseconds. Empty tags and numbers that are none
/// are left out, since a server refuses them; line ends inside a text become blanks. A point is begun, gets tags, then fields, then its time. Used by one thread.
/// </summary>
internal sealed class LineBuilder
{
    // What would end a measurement or a tag; inside them each has a backslash in front.
    private static readonly SearchValues<char> Special = SearchValues.Create(", =\n\r\\");

    private byte[] _bytes = new byte[1 << 16];
    private int _length;
    private int _begin;
    private bool _hasFields;

    /// <summary>Points so far.</summary>
    public int Points { get; private set; }

    /// <summary>What is written so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Begins a point.</summary>
    public LineBuilder Point(string measurement)
    {
        (_begin, _hasFields) = (_length, false);
        Escaped(measurement, withEquals: false);
        return this;
    }

    /// <summary>Adds a tag; an empty one is left out.</summary>
    public LineBuilder Tag(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return this;
        Byte(',');
        Escaped(name, withEquals: true);
        Byte('=');
        Escaped(value, withEquals: true);
        return this;
    }

    /// <summary>Adds tags that were written before.</summary>
    public LineBuilder Tags(ReadOnlySpan<byte> written)
    {
        written.CopyTo(Room(written.Length));
        _length += written.Length;
        return this;
    }

    /// <summary>Adds a field that is a whole number.</summary>
    public LineBuilder Field(string name, long value)
    {
        Begin(name);
        value.TryFormat(Room(24), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
        Byte('i');
        return this;
    }

    /// <summary>Adds a field that is a number; one that is not finite is left out.</summary>
    public LineBuilder Field(string name, double value)
    {
        if (!double.IsFinite(value))
            return this;
        Begin(name);
        value.TryFormat(Room(32), out var written, "0.######", CultureInfo.InvariantCulture);
        _length += written;
        return this;
    }

    /// <summary>Adds a field that is a text.</summary>
    public LineBuilder Field(string name, string value)
    {
        Begin(name);
        Byte('"');
        Plain(value.ReplaceLineEndings(" ").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal));
        Byte('"');
        return this;
    }

    /// <summary>Ends the point; one without fields is taken back.</summary>
    /// <param name="unixNs">Its time in nanoseconds of Unix time.</param>
    public void End(long unixNs)
    {
        if (!_hasFields)
        {
            _length = _begin;
            return;
        }

        Byte(' ');
        unixNs.TryFormat(Room(24), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
        Byte('\n');
        Points++;
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => (_length, Points) = (0, 0);

    private void Begin(string name)
    {
        Byte(_hasFields ? ',' : ' ');
        _hasFields = true;
        Escaped(name, withEquals: true);
        Byte('=');
    }

    private void Escaped(string text, bool withEquals)
    {
        if (!text.AsSpan().ContainsAny(Special))
        {
            Plain(text);
            return;
        }

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            if (c is ',' or ' ' || (c == '=' && withEquals))
                escaped.Append('\\');
            escaped.Append(c);
        }

        // A backslash at the end would escape what follows the text.
        if (escaped[^1] == '\\')
            escaped.Append("\\ ");
        Plain(escaped.ToString());
    }

    private void Plain(string text)
    {
        Utf8.FromUtf16(text, Room(text.Length * 3), out _, out var written);
        _length += written;
    }

    private void Byte(char c)
    {
        Room(1)[0] = (byte)c;
        _length++;
    }

    private Span<byte> Room(int length)
    {
        if (_length + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        return _bytes.AsSpan(_length);
    }
}
