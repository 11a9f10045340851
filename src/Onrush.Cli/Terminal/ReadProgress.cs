using System.Globalization;
using Onrush.Cli.Commands;

namespace Onrush.Cli.Terminal;

/// <summary>
/// Passes a journal on and, on a terminal, says each second how much of it has been read: that of a day is half a gigabyte. Says nothing before the first second
/// is over, and leaves no line behind.
/// </summary>
internal sealed class ReadProgress : Stream
{
    private readonly Stream _from;
    private readonly TextWriter _to;
    private readonly string _what;
    private readonly TimeProvider _time;
    private readonly long _length;
    private long _read;
    private long _said;
    private int _shown;

    private ReadProgress(Stream from, TextWriter to, string what, TimeProvider time)
    {
        (_from, _to, _what, _time) = (from, to, what, time);
        _length = from.CanSeek ? from.Length : 0;
        _said = time.GetTimestamp();
    }

    /// <summary>The stream as it is where there is no terminal.</summary>
    public static Stream Over(Stream from, CommandHost host, string what, TimeProvider? time = null) =>
        host.IsTerminal ? new ReadProgress(from, host.Error, what, time ?? TimeProvider.System) : from;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = _from.Read(buffer);
        _read += read;
        if (_time.GetElapsedTime(_said) >= TimeSpan.FromSeconds(1))
        {
            _said = _time.GetTimestamp();
            Say(string.Create(CultureInfo.InvariantCulture, $"reading {_what}: {_read / 1e6:0} MB{(_length > 0 ? $" of {_length / 1e6:0} MB, {_read * 100 / _length} %" : "")}"));
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (_shown > 0)
                Say("");
            _from.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Say(string text)
    {
        _to.Write($"\r{text.PadRight(_shown)}{(text.Length == 0 ? "\r" : "")}");
        _to.Flush();
        _shown = text.Length;
    }
}
