using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Onrush.Http.Wire;

/// <summary>
/// The bytes of a request, in one array that is used again and again. Refuses what would let a value break out of its line.
/// Owned by one loop or connection; for one thread.
/// </summary>
internal sealed class RequestWriter : IBufferWriter<byte>
{
    private const int FirstSize = 512;
    private const int LargestKept = 4 << 20;

    private byte[] _buffer = [];

    /// <summary>Number of bytes written since <see cref="Reset"/>.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next change.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>What was written; valid until the next change.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, Length);

    /// <summary>How often it has begun anew: as long as that and <see cref="Length"/> are the same, so are the bytes.</summary>
    public int Resets { get; private set; }

    /// <summary>Begins anew. A very large array is let go.</summary>
    public void Reset()
    {
        Resets++;
        Length = 0;
        if (_buffer.Length > LargestKept) _buffer = [];
    }

    /// <summary>"GET /path HTTP/1.1" and the Host line.</summary>
    /// <param name="method">Method; made of the characters of a token.</param>
    /// <param name="target">What is asked for.</param>
    /// <param name="withHost">False leaves the Host line to the caller.</param>
    /// <exception cref="ArgumentException">The method is not a token, or the path has a line break or NUL.</exception>
    public void WriteRequestLine(string method, in Target target, bool withHost = true)
    {
        if (method.Length == 0 || method.AsSpan().ContainsAnyExcept(HeaderLine.TokenChars))
            throw new ArgumentException($"not an HTTP method: {Printable.Quote(method)}");
        Write(method);
        WriteByte((byte)' ');
        WritePath(target.Prefix);
        WritePath(target.Path.Span);
        Write(" HTTP/1.1\r\n"u8);
        if (withHost) Write(target.Origin.HostLine.Span);
    }

    /// <summary>A path or query: what may not stand raw in it is percent-encoded as UTF-8, valid %XX is left alone.</summary>
    /// <param name="path">Path, query or a part of them, without fragment.</param>
    /// <exception cref="ArgumentException">It has a line break or NUL.</exception>
    public void WritePath(ReadOnlySpan<char> path)
    {
        if (path.ContainsAnyExcept(UrlEncoding.PathChars)) UrlEncoding.WritePath(this, path);
        else Write(path);
    }

    /// <summary>A header line.</summary>
    /// <param name="name">Name; made of the characters of a token.</param>
    /// <param name="value">Value; written as UTF-8.</param>
    /// <exception cref="ArgumentException">The name is not a token, or the value has a line break or NUL.</exception>
    public void WriteHeader(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (name.IsEmpty || name.ContainsAnyExcept(HeaderLine.TokenChars))
            throw new ArgumentException($"not a header name: {Printable.Quote(name)}");
        if (value.ContainsAny('\r', '\n', '\0'))
            throw new ArgumentException($"the value of header {name} has a line break or NUL: {Printable.Quote(value)}");
        Write(name);
        Write(": "u8);
        Write(value);
        Write("\r\n"u8);
    }

    /// <summary>The Authorization line of basic authentication.</summary>
    /// <param name="credentials">User and password.</param>
    public void WriteBasicAuthorization(Credentials credentials)
    {
        Write("Authorization: Basic "u8);
        int start = Length;
        Write(credentials.User);
        WriteByte((byte)':');
        Write(credentials.Password);
        int plain = Length - start;
        GetSpan(Base64.GetMaxEncodedToUtf8Length(plain) - plain);
        Base64.EncodeToUtf8InPlace(_buffer.AsSpan(start), plain, out int written);
        Length = start + written;
        Write("\r\n"u8);
    }

    /// <summary>Bytes as they are.</summary>
    /// <param name="bytes">What to write; not a part of this writer.</param>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Text as UTF-8, unchecked.</summary>
    /// <param name="text">What to write.</param>
    public void Write(ReadOnlySpan<char> text)
    {
        // ASCII, nearly always: one byte per character, tried first because the worst case would ask for three times the room.
        var span = GetSpan(text.Length);
        if (Ascii.FromUtf16(text, span, out int ascii) == OperationStatus.Done)
        {
            Length += ascii;
            return;
        }

        Length += ascii;
        text = text[ascii..];
        Length += Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetByteCount(text)));
    }

    /// <summary>One byte.</summary>
    /// <param name="value">The byte.</param>
    public void WriteByte(byte value)
    {
        if (Length == _buffer.Length) Grow(1);
        _buffer[Length++] = value;
    }

    /// <summary>A number in decimal digits.</summary>
    /// <param name="value">The number.</param>
    public void WriteNumber(long value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(20), out int written);
        Length += written;
    }

    /// <summary>A number in hexadecimal digits, as chunk sizes are.</summary>
    /// <param name="value">The number.</param>
    public void WriteHex(long value)
    {
        Utf8Formatter.TryFormat(value, GetSpan(16), out int written, 'x');
        Length += written;
    }

    /// <summary>
    /// Puts the Content-Length line and the end of the head before a body that was written already, so that a body whose length shows
    /// only while it is written needs no second buffer.
    /// </summary>
    /// <param name="bodyStart">Value of <see cref="Length"/> before the body was written.</param>
    public void InsertContentLength(int bodyStart)
    {
        int bodyLength = Length - bodyStart;
        // Written behind the body first, to know how long the line is.
        WriteContentLength(bodyLength);
        Write("\r\n"u8);
        int headLength = Length - bodyStart - bodyLength;
        Span<byte> head = stackalloc byte[64];
        _buffer.AsSpan(bodyStart + bodyLength, headLength).CopyTo(head);
        _buffer.AsSpan(bodyStart, bodyLength).CopyTo(_buffer.AsSpan(bodyStart + headLength));
        head[..headLength].CopyTo(_buffer.AsSpan(bodyStart));
    }

    /// <summary>The Content-Length line.</summary>
    /// <param name="length">Length of the body in bytes.</param>
    public void WriteContentLength(long length)
    {
        Write("Content-Length: "u8);
        WriteNumber(length);
        Write("\r\n"u8);
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_buffer.Length - Length), nameof(count));
        Length += count;
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        int wanted = Math.Max(1, sizeHint);
        if (_buffer.Length - Length < wanted) Grow(wanted);
        return _buffer.AsSpan(Length);
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        GetSpan(sizeHint);
        return _buffer.AsMemory(Length);
    }

    private void Grow(int atLeast)
    {
        long needed = (long)Length + atLeast;
        if (needed > Array.MaxLength) throw new InvalidOperationException($"A request of {needed} bytes does not fit in memory: send it as a stream.");
        long size = Math.Min(Math.Max(needed, Math.Max(FirstSize, 2L * _buffer.Length)), Array.MaxLength);
        Array.Resize(ref _buffer, (int)size);
    }
}
