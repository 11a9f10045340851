using System.Globalization;
using System.Text;
using Onrush.Outputs.Pipeline;

namespace Onrush.Outputs.Lines;

/// <summary>Puts lines of StatsD together into datagrams of a given size at most. Used by one thread.</summary>
/// <param name="prefix">In front of every name.</param>
/// <param name="mostBytes">Most bytes of a datagram; a line that is longer has its own.</param>
internal sealed class StatsdLines(string prefix, int mostBytes)
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(prefix);
    private readonly List<OutputBatch> _datagrams = [];
    private byte[] _bytes = new byte[1 << 14];
    private int _length;
    private int _lines;
    private int _lineStart;

    /// <summary>The datagrams of the lines so far; begins anew.</summary>
    public IReadOnlyList<OutputBatch> Take()
    {
        Cut(_length);
        OutputBatch[] datagrams = [.. _datagrams];
        _datagrams.Clear();
        return datagrams;
    }

    /// <summary>Adds a line.</summary>
    /// <param name="name">Name of the metric, without the prefix.</param>
    /// <param name="value">Its value.</param>
    /// <param name="type">What stands behind it: the type, and the rate after it.</param>
    /// <param name="tags">Tags as they are written, or nothing.</param>
    public void Add(ReadOnlySpan<char> name, double value, ReadOnlySpan<char> type, ReadOnlySpan<byte> tags)
    {
        _lineStart = _length;
        if (_lines > 0)
            Write("\n"u8);
        Write(_prefix);
        Write(name);
        Write(":"u8);
        value.TryFormat(Room(32), out var written, "0.######", CultureInfo.InvariantCulture);
        _length += written;
        Write("|"u8);
        Write(type);
        Write(tags);
        _lines++;
        if (_length > mostBytes && _lines > 1)
            Cut(_lineStart);
    }

    // What comes after the cut, without the line end in front, begins the next datagram.
    private void Cut(int at)
    {
        var kept = at < _length ? 1 : 0;
        if (_lines > kept)
            _datagrams.Add(new OutputBatch(_bytes.AsSpan(0, at).ToArray(), _lines - kept));
        if (kept > 0)
            _bytes.AsSpan(at + 1, _length - at - 1).CopyTo(_bytes);
        (_length, _lines) = (kept > 0 ? _length - at - 1 : 0, kept);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    private void Write(ReadOnlySpan<char> text) => _length += Encoding.UTF8.GetBytes(text, Room(text.Length * 3));

    private Span<byte> Room(int length)
    {
        if (_length + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        return _bytes.AsSpan(_length);
    }
}
